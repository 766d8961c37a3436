import { type PlatformReports, reportedOf } from '#bench/verify/platform-reports.ts';
import type { PathReport } from '../definition/path-report.ts';
import { sumToTenth } from './sum-to-tenth.ts';

type PlatformFigures = Pick<
  PathReport,
  | 'invocations'
  | 'reportedInvocations'
  | 'failedInvocations'
  | 'coldStarts'
  | 'durationMs'
  | 'billedDurationMs'
  | 'maxMemoryMb'
  | 'reportsMissing'
>;

/** What a path's invocations took, as far as the platform said so: null, never 0, where it said nothing of them. */
export function platformFigures(platform: PlatformReports): PlatformFigures {
  const { invocations, reports, missing } = platform;
  const of = <Figure>(figure: () => Figure): Figure | null =>
    reports.length === 0 && invocations > 0 ? null : figure();
  return {
    invocations,
    reportedInvocations: reportedOf(platform),
    failedInvocations: of(() => reports.filter(({ status }) => status !== 'success').length),
    coldStarts: of(() => reports.filter(({ initDurationMs }) => initDurationMs !== null).length),
    durationMs: of(() => sumToTenth(reports, ({ durationMs }) => durationMs)),
    billedDurationMs: of(() => sumToTenth(reports, ({ billedDurationMs }) => billedDurationMs)),
    maxMemoryMb: of(() => reports.reduce((most, { maxMemoryUsedMB }) => Math.max(most, maxMemoryUsedMB), 0)),
    reportsMissing: missing,
  };
}
