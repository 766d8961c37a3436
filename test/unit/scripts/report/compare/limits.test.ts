import { describe, expect, it } from 'vitest';
import { parseChangeLimits } from '#cli/options/change-limits.ts';
import type { Compared, Comparison, NotCompared } from '#report/compare/compare-reports.ts';
import { checkLimits, passes } from '#report/compare/limits.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import { comparedMetric } from './comparison.ts';

const EXACT = { exact: true, events: 33_500, failed: [] };
const INEXACT = { exact: false, events: 1, failed: ['live run'] };

function comparisonOf(compared: Compared[], more: Partial<Comparison> = {}): Comparison {
  return {
    base: { file: 'base.json', report: EXACT_REPORT },
    other: { file: 'other.json', report: EXACT_REPORT },
    isSame: false,
    exactness: { base: EXACT, other: EXACT },
    differences: [],
    compared,
    notCompared: [],
    ...more,
  };
}

const outcomes = (limits: string, ...compared: Compared[]): string[] =>
  checkLimits(parseChangeLimits(limits), comparisonOf(compared)).limits.map(({ outcome }) => outcome);

describe('checkLimits', () => {
  const rose = comparedMetric('freshness.p95');
  const fell = comparedMetric('catch-up', {
    windowMs: 60_000,
    other: 50,
    difference: -50,
    share: -0.5,
    outcome: 'worse',
  });

  it.each<[string, Compared, string]>([
    ['freshness.p95=+49%', rose, 'crossed'],
    ['freshness.p95=+50%', rose, 'kept'], // more than 50 % is too much
    ['freshness.p95=+49ms', rose, 'crossed'],
    ['freshness.p95=+0.05s', rose, 'kept'],
    ['catch-up=-49%', fell, 'crossed'],
    ['catch-up=-50', fell, 'kept'],
    ['catch-up.1m=-49', fell, 'crossed'],
    ['catch-up=-10%', comparedMetric('catch-up', { windowMs: 60_000 }), 'kept'], // it rose
    ['freshness.p95=+10%', { ...rose, noise: 60, outcome: 'within noise' }, 'within noise'],
    ['freshness.p95=+60%', { ...rose, noise: 60, outcome: 'within noise' }, 'kept'],
    ['freshness.p95=+0%', { ...rose, other: 100, difference: 0, share: 0, outcome: 'same' }, 'kept'],
    ['freshness.p95=+20%', { ...rose, base: 0, difference: 150, share: null }, 'crossed'],
  ])('%s of %j: %s', (limit, compared, outcome) => {
    expect(outcomes(limit, compared)).toEqual([outcome]);
  });

  it('limits a threshold in both directions; none up to a day lies beyond every window', () => {
    const threshold = (base: number | null, other: number | null): Compared => {
      const difference = base === null || other === null ? null : other - base;
      return comparedMetric('threshold', { base, other, difference, share: null });
    };
    expect(outcomes('threshold=+1m,threshold=-1m', threshold(300, 600))).toEqual(['crossed', 'kept']);
    expect(outcomes('threshold=+1m,threshold=-1m', threshold(600, 300))).toEqual(['kept', 'crossed']);
    expect(outcomes('threshold=+50%,threshold=-50%', threshold(600, null))).toEqual(['crossed', 'kept']);
    expect(outcomes('threshold=+50%,threshold=-50%', threshold(null, 600))).toEqual(['kept', 'crossed']);
    expect(outcomes('threshold=+50%,threshold=-1h', threshold(null, null))).toEqual(['kept', 'kept']);
  });

  it.each<[string, Partial<Compared>, number | null]>([
    ['freshness.p95=+20%', {}, 20], // 20 of 100, more than the noise of 10
    ['freshness.p95=+5%', {}, 10],
    ['freshness.p95=+30ms', { noiseEachWay: { up: 40, down: 28 } }, 40],
    ['catch-up=-10%', { windowMs: 60_000, noiseEachWay: { up: 40, down: 28 } }, 28], // it rose, and could have fallen so far
    ['catch-up=-10%', { windowMs: 60_000, noiseEachWay: { up: 150, down: 100 } }, null],
    ['freshness.p95=+20%', { base: 0, share: null, noiseEachWay: { up: 3, down: 3 } }, 3],
  ])('%s of %j can be crossed by a change beyond %s', (limit, changes, expected) => {
    const name = limit.startsWith('catch-up') ? 'catch-up' : 'freshness.p95';
    const [checked] = checkLimits(parseChangeLimits(limit), comparisonOf([comparedMetric(name, changes)])).limits;
    expect(checked?.crossedBeyond).toBe(expected);
  });

  it('knows no smallest change of a threshold, whose noise is a band', () => {
    const threshold = comparedMetric('threshold', { base: 300, noise: null, noiseEachWay: null });
    const [checked] = checkLimits(parseChangeLimits('threshold=+1m'), comparisonOf([threshold])).limits;
    expect(checked?.crossedBeyond).toBeNull();
  });

  it('holds a limit without a path against both', () => {
    const scheduled = comparedMetric('rows', { path: 'scheduled-batch', other: 100, difference: 0, outcome: 'same' });
    expect(outcomes('rows=+10%', comparedMetric('rows'), scheduled)).toEqual(['crossed', 'kept']);
    expect(outcomes('scheduled-batch.rows=+10%', comparedMetric('rows'), scheduled)).toEqual(['kept']);
  });

  it('refuses a limit on what can’t be compared, on one path too', () => {
    const why = { reason: 'at other prices', brief: 'at other prices' };
    const notCompared: NotCompared[] = [
      { id: 'scheduled-batch.cost', name: 'cost', path: 'scheduled-batch', windowMs: null, ...why },
    ];
    const comparison = comparisonOf([comparedMetric('cost')], { notCompared });
    expect(() => checkLimits(parseChangeLimits('cost=+10%'), comparison)).toThrow(
      /^Can't test --fail-on 'cost=\+10%': scheduled-batch\.cost can't be compared: at other prices; known metrics: freshness\.mean, /,
    );
    expect(checkLimits(parseChangeLimits('micro-batch.cost=+10%'), comparison).limits).toHaveLength(1);
  });

  it('holds a limit on all drains against those that both have, and refuses one on a drain that is missing', () => {
    const reason = 'other.json has no drain of 5m';
    const notCompared: NotCompared[] = [
      { id: 'catch-up.5m', name: 'catch-up', path: 'micro-batch', windowMs: 300_000, reason, brief: reason },
    ];
    const comparison = comparisonOf([fell], { notCompared });
    expect(checkLimits(parseChangeLimits('catch-up=-10%'), comparison).limits).toHaveLength(1);
    expect(() => checkLimits(parseChangeLimits('catch-up.5m=-10%'), comparison)).toThrow(reason);
    expect(() => checkLimits(parseChangeLimits('catch-up=-10%'), comparisonOf([], { notCompared }))).toThrow(reason);
  });

  it('refuses a limit on what neither has', () => {
    expect(() => checkLimits(parseChangeLimits('batch-warm=+10%'), comparisonOf([rose]))).toThrow(
      "Can't test --fail-on 'batch-warm=+10%': neither base.json nor other.json has this metric; known metrics: ",
    );
  });

  it('holds nothing against reports that are not exact', () => {
    const exactness = { base: EXACT, other: INEXACT };
    const judged = checkLimits(parseChangeLimits('rows=+10%'), comparisonOf([], { exactness }));
    expect(judged.limits).toEqual([]);
    expect(passes(judged)).toBe(false);
  });
});

describe('passes', () => {
  it.each([
    ['rows=+60%', true],
    ['rows=+10%', false],
    ['rows=+10%,freshness.p50=+60%', false],
  ])('with limits %s: %s', (limits, is) => {
    const compared = [comparedMetric('rows'), comparedMetric('freshness.p50')];
    expect(passes(checkLimits(parseChangeLimits(limits), comparisonOf(compared)))).toBe(is);
  });

  it.each([
    ['base', { base: INEXACT, other: EXACT }],
    ['other', { base: EXACT, other: INEXACT }],
  ])('not where the %s report is not exact, although no limit is crossed', (_, exactness) => {
    expect(passes({ ...comparisonOf([]), exactness, limits: [] })).toBe(false);
  });

  it('with differences alone', () => {
    expect(passes(checkLimits([], comparisonOf([comparedMetric('rows')])))).toBe(true);
  });

  it('not with a limit that is exceeded beyond noise, but with one within', () => {
    const noisy = comparedMetric('rows', { outcome: 'within noise', noise: 60 });
    expect(passes(checkLimits(parseChangeLimits('rows=+10%'), comparisonOf([noisy])))).toBe(true);
  });
});

describe('checkLimits by name, path and window', () => {
  const rows = { name: 'rows', path: 'micro-batch', windowMs: null } as const;
  const drained = { name: 'catch-up', path: 'micro-batch', windowMs: 300_000 } as const;

  it.each([
    ['rows=+1%', rows, true],
    ['micro-batch.rows=+1%', rows, true],
    ['scheduled-batch.rows=+1%', rows, false],
    ['cpu=+1%', rows, false],
    ['catch-up=-1%', drained, true],
    ['catch-up.5m=-1%', drained, true],
    ['micro-batch.catch-up.5m=-1%', drained, true],
    ['catch-up.1m=-1%', drained, false],
  ])('%s limits %j: %s', (text, metric, is) => {
    const { name, ...changes } = metric;
    const check = () => checkLimits(parseChangeLimits(text), comparisonOf([comparedMetric(name, changes)]));
    if (is) expect(check().limits).toHaveLength(1);
    else expect(check).toThrow('neither base.json nor other.json has this metric');
  });
});
