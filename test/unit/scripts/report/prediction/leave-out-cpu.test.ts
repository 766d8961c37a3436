import { describe, expect, it } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import { leaveOutCpu } from '#report/prediction/leave-out-cpu.ts';
import { predictReport } from '#report/prediction/predict-report.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

const { machine, target } = EXACT_REPORT;
const AWAY = { target: { ...target, name: 'aws', region: 'us-east-1' } } as const;
const PREDICTIONS = predictReport(EXACT_REPORT.model.parameters, EXACT_REPORT);

const leave = (first: Report, other: Report) => leaveOutCpu(first, other, PREDICTIONS);
const figuresOf = (other: Report): Set<string> =>
  new Set(leave(EXACT_REPORT, other).predictions.map(({ figure }) => figure));

describe('leaveOutCpu', () => {
  it('leaves nothing out on a machine of the same kind, its version of Node and a little memory aside', () => {
    const other = changedReport({ machine: { ...machine, node: '99.0.0', memoryMb: machine.memoryMb * 1.04 } });
    expect(leave(EXACT_REPORT, other)).toEqual({ predictions: PREDICTIONS, leftOut: null });
  });

  it.each([
    [{ machine: { ...machine, cpus: 8 } }, 'CPU, measured on other machines (cpus 2 and 8)'],
    [AWAY, 'CPU, measured at other targets (target embedded and aws; region none and us-east-1)'],
  ])('leaves all CPU and nothing else out of what was measured elsewhere: %#', (changes, leftOut) => {
    const other = changedReport(changes);
    expect(leave(EXACT_REPORT, other).leftOut).toBe(leftOut);
    expect([...figuresOf(EXACT_REPORT)].filter((figure) => !figuresOf(other).has(figure))).toEqual([
      'CPU per invocation',
      'CPU per event',
      'CPU, warm',
      'CPU, cold',
      'CPU, catching up',
    ]);
  });

  it('leaves nothing out between two runs on AWS, whatever machine sent', () => {
    const other = changedReport({ ...AWAY, machine: { ...machine, cpus: 8 } });
    expect(leave(changedReport(AWAY), other).leftOut).toBeNull();
  });
});
