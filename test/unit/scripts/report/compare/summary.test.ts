import { describe, expect, it } from 'vitest';
import { PATH_NAMES } from '#functions/contract.ts';
import type { NotCompared } from '#report/compare/compare-reports.ts';
import type { Judged } from '#report/compare/limits.ts';
import { METRICS, type MetricName, metricId } from '#report/compare/metric.ts';
import { groupByReason, summarize, summarizeLimits } from '#report/compare/summary.ts';
import { comparedMetric, JUDGED } from './comparison.ts';

const same = comparedMetric('rows', { outcome: 'same' });
const noisy = comparedMetric('cpu', { outcome: 'within noise' });
const inexact = { exact: false, events: 1, failed: ['live run 2', 'drain of 5m'] };

function leftOut(name: MetricName, brief: string, shownBy: string): NotCompared[] {
  const reason = `${brief} (${shownBy})`;
  return PATH_NAMES.map((path) => ({ id: metricId(name, path, null), name, path, windowMs: null, reason, brief }));
}

describe('summarize', () => {
  it.each<[string, Partial<Judged>]>([
    ['1 worse, 1 better, 1 changed, of 4 metrics', { notCompared: [] }],
    ['No difference beyond the noise in 2 metrics', { compared: [same, noisy], notCompared: [] }],
    ['No difference in 2 metrics', { compared: [same, same], notCompared: [] }],
    ['1 worse, 1 better, 1 changed, of 4 metrics compared; 1 could not be compared: base.json has no drain of 5m', {}],
    [
      'No difference in 1 metric compared; 2 could not be compared: measured on other machines',
      { compared: [same], notCompared: leftOut('cpu', 'measured on other machines', 'cpus 2 and 8') },
    ],
    [
      'No difference in 1 metric compared; 5 could not be compared: measured on other machines (2), at other prices (2), other reasons (1)',
      {
        compared: [same],
        notCompared: [
          ...JUDGED.notCompared,
          ...leftOut('cpu', 'measured on other machines', 'cpus 2 and 8'),
          ...leftOut('cost', 'at other prices', 'price of a 1 and 2'),
        ],
      },
    ],
    [
      'Both reports are exact; no metric can be compared: measured at other targets',
      { compared: [], notCompared: leftOut('cpu', 'measured at other targets', 'target aws and embedded') },
    ],
    ['Both files hold the same report, run abcd1234', { isSame: true, compared: [same] }],
    [
      'NOT EXACT, so nothing else is compared: out/a|b.json: live run 2, drain of 5m',
      { exactness: { ...JUDGED.exactness, other: inexact } },
    ],
    [
      'NOT EXACT, so nothing else is compared: base.json: live run 2, drain of 5m; out/a|b.json: live run 2, drain of 5m',
      { exactness: { base: inexact, other: inexact }, isSame: true },
    ],
  ])('says: %s', (sentence, changes) => {
    expect(summarize({ ...JUDGED, ...changes })).toBe(sentence);
  });
});

describe('summarizeLimits', () => {
  it('counts those that were crossed', () => {
    const [crossed, within] = JUDGED.limits;
    if (crossed === undefined || within === undefined) throw new Error('The fixture has no two limits');
    expect(summarizeLimits(JUDGED.limits)).toBe('1 of 2 limits crossed');
    expect(summarizeLimits([crossed])).toBe('1 of 1 limit crossed');
    expect(summarizeLimits([within, within])).toBe('No limit crossed, of 2 limits');
  });
});

describe('groupByReason', () => {
  const of = (name: MetricName, reason: string, windowMs: number | null = null): NotCompared[] =>
    (METRICS[name].byDrain ? PATH_NAMES.slice(0, 1) : PATH_NAMES).map((path) => ({
      id: metricId(name, path, windowMs),
      name,
      path,
      windowMs,
      reason,
      brief: reason,
    }));

  it('names a family once where it is all of both paths', () => {
    const all = [...of('freshness.p50', 'a'), ...of('freshness.p95', 'a'), ...of('rows', 'b'), ...of('cpu', 'a')];
    expect(groupByReason(all)).toEqual([
      { reason: 'a', names: 'freshness, cpu' },
      { reason: 'b', names: 'rows' },
    ]);
  });

  it('names the path where it is of one alone, and the window of a drain', () => {
    const all = [...of('finality.p95', 'a').slice(1), ...of('catch-up', 'a', 60_000)];
    expect(groupByReason(all)).toEqual([{ reason: 'a', names: 'scheduled-batch.finality, catch-up.1m' }]);
  });
});
