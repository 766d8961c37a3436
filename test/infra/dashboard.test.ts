import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { alarmsOf, type Chart, chartsOf, dashboardBody } from '../support/observed-metrics.ts';
import { observedTemplate } from '../support/observed-stack.ts';

const template = observedTemplate();

/** Metrics of a chart in order, without style: `namespace name dimensions statistic`. */
function drawn({ metrics }: Chart): { metric: string; color: unknown }[] {
  return metrics.map((row) => {
    const style = row.at(-1) as { stat?: string; color?: string };
    return { metric: [...row.slice(0, -1), style.stat ?? 'Average'].join(' '), color: style.color };
  });
}

function rowsOf(charts: readonly Chart[]): Chart[][] {
  const rows = new Map<number, Chart[]>();
  for (const chart of charts) rows.set(chart.y, [...(rows.get(chart.y) ?? []), chart]);
  return [...rows.values()];
}

/** Rows with the same metric left and right; the last row differs by path. */
function pairs(of: Template): Chart[][] {
  return rowsOf(chartsOf(of)).slice(0, -1);
}

describe('the dashboard', () => {
  it('has the name of the stack', () => {
    observedTemplate({ name: 'Other' }).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'Other' });
  });

  it('shows the work of both paths, then the uncounted work of each', () => {
    expect(rowsOf(chartsOf(template)).map((row) => row.map(({ title }) => title))).toEqual([
      ['Events counted: micro-batch', 'Events counted: scheduled-batch'],
      ['Rows written: micro-batch', 'Rows written: scheduled-batch'],
      ['Watermark lag: micro-batch', 'Watermark lag: scheduled-batch'],
      ['Commits: micro-batch', 'Commits: scheduled-batch'],
      ['Duration: micro-batch', 'Duration: scheduled-batch'],
      ['Errors, throttles: micro-batch', 'Errors, throttles: scheduled-batch'],
      ['Concurrency: micro-batch', 'Concurrency: scheduled-batch'],
      ['Quarantined lines: micro-batch', 'Quarantined lines: scheduled-batch'],
      ['Iterator age, records given up: micro-batch', 'Failed runs: scheduled-batch'],
    ]);
  });

  it('draws the same metrics left and right, so that both have one axis, from zero on', () => {
    for (const [left, right] of pairs(template)) {
      if (left === undefined || right === undefined) throw new Error('A row without two charts');
      expect(
        drawn(left)
          .map(({ metric }) => metric)
          .sort(),
      ).toEqual(
        drawn(right)
          .map(({ metric }) => metric)
          .sort(),
      );
      expect([left.axisMin, right.axisMin]).toEqual([0, 0]);
      expect([left.x, right.x, left.width, right.width]).toEqual([0, 12, 12, 12]);
    }
  });

  it('draws the other path in grey, and its own in front of it', () => {
    for (const chart of pairs(template).flat()) {
      const own = chart.title.endsWith('micro-batch') ? /micro-batch|MicroBatch/ : /scheduled-batch|ScheduledBatch/;
      const grey = drawn(chart).filter(({ color }) => color === '#c7c7c7');
      expect(grey.filter(({ metric }) => own.test(metric))).toEqual([]);
      expect(
        drawn(chart)
          .slice(grey.length)
          .filter(({ metric }) => !own.test(metric)),
      ).toEqual([]);
      expect(grey).toHaveLength(chart.metrics.length / 2);
    }
  });

  it.each([
    [{}, 300],
    [{ window: '1' }, 300],
    [{ window: '3600' }, 3600],
    [{ window: '5401' }, 5460],
  ])('has points that hold a whole window: %j, every %i s', (context, period) => {
    const charts = chartsOf(observedTemplate(context));
    expect(new Set(charts.flatMap(({ periodsSeconds }) => periodsSeconds))).toEqual(new Set([period]));
  });

  it.each(['micro-batch', 'scheduled-batch'])('shows only the deployed path, %s, on the whole width', (paths) => {
    const charts = chartsOf(observedTemplate({ paths }));

    expect(charts.map(({ title, width }) => [title.endsWith(`: ${paths}`), width])).toEqual(
      Array.from({ length: 9 }, () => [true, 24]),
    );
    expect(charts.flatMap(drawn).filter(({ color }) => color === '#c7c7c7')).toEqual([]);
  });

  it('shows the state of every alarm', () => {
    const widget = dashboardBody(template).widgets.find(({ type }) => type === 'alarm');
    expect(new Set(widget?.properties.alarms).size).toBe(Object.keys(alarmsOf(template)).length);
  });
});
