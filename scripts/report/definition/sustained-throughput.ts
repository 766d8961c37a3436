import type { CatchUpReport } from './phase-reports.ts';

/** What was read before the first invocation began is in no duration; in a shorter catch-up that is most of it. */
const LEAST_MS = 2_000;

/** Events a second; null where the catch-up was too short to tell. */
export function sustainedPerSecond({
  eventsPerSecond,
  durationMs,
}: Pick<CatchUpReport, 'eventsPerSecond' | 'durationMs'>): number | null {
  return durationMs < LEAST_MS ? null : eventsPerSecond;
}
