import { describe, expect, it } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import type { Prediction } from '#report/prediction/predictions.ts';
import { renderText } from '#report/prediction/render-run.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

const { run, scenario } = EXACT_REPORT;
const OTHER = changedReport({
  run: { ...run, id: 'efgh5678' },
  scenario: { ...scenario, workload: { ...scenario.workload, eventsPerSecond: 2_000 } },
});

const row = (figure: string, unit: Prediction['unit'], predicted: number, measured: number): Prediction => ({
  of: 'live run',
  path: 'micro-batch',
  figure,
  unit,
  predicted,
  measured,
});

const render = (other: Report, predictions: readonly Prediction[], leftOut: string | null = null): string =>
  renderText({ first: EXACT_REPORT, other, predictions, leftOut });

describe('renderText', () => {
  it('begins with how far all figures are apart, then each of them', () => {
    const text = render(OTHER, [
      row('invocations', 'invocations', 1_340, 1_340),
      row('CPU per event', 'µs CPU per event', 11, 10),
      row('freshness, mean', 'ms', 400, 500),
      row('rows written', 'rows', 5, 0),
    ]);
    const lines = text.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '));
    expect(lines[0]).toBe(
      'The model of run abcd1234 (500 events/s) predicts run efgh5678 (2,000 events/s): 10 % off in the median, 20 % at most, over 3 figures.',
    );
    expect(lines).toContain('live run | micro-batch | invocations | 1,340 | 1,340 | +0 %');
    expect(lines).toContain('live run | micro-batch | CPU per event | 11 µs | 10 µs | +10 %');
    expect(lines).toContain('live run | micro-batch | freshness, mean | 400 ms | 500 ms | −20 %');
    expect(lines).toContain('live run | micro-batch | rows written | 5 | 0 | –');
  });

  it('warns of a load that did not keep its rate', () => {
    const lagged = (p95: number) => {
      const { load } = OTHER;
      const sendLagMs = { p50: 0, p95, p99: p95, max: p95, mean: 0, count: 1 };
      return render(changedReport({ load: { ...load, sendLagMs } }), []);
    };
    expect(lagged(12_300)).toContain('Warning: the load of the second lagged by 12.3 seconds (95th percentile)');
    expect(lagged(1_000)).not.toContain('Warning');
  });

  it('says that there is nothing to compare where there is nothing', () => {
    expect(render(OTHER, [])).toContain('nothing that could be compared');
  });

  it('says in one line what is left out, and why', () => {
    expect(render(OTHER, [], 'CPU, measured on other machines (cpus 2 and 8)').split('\n')).toContain(
      'Not compared: CPU, measured on other machines (cpus 2 and 8).',
    );
    expect(render(OTHER, [])).not.toContain('Not compared');
  });
});
