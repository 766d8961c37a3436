import type { Report } from '../definition/report.ts';

type Phases = Pick<Report, 'correctness' | 'repeats' | 'calibration' | 'drains' | 'batchingWindows'>;

/** Whether everything that was measured was counted exactly. */
export function isExact({ correctness, repeats, calibration, drains, batchingWindows }: Phases): boolean {
  const all = [correctness, calibration, ...repeats, ...drains, ...batchingWindows];
  return all.every((each) => each === null || each.exact);
}
