import type { Correctness, PathCorrectness } from '#bench/verify/correctness.ts';

/** A path that counted all of these events exactly. */
export function exactPath(counted = 0): PathCorrectness {
  return {
    exact: true,
    counted,
    missing: 0,
    surplus: 0,
    quarantined: 0,
    late: 0,
    dropped: 0,
    afterFinal: 0,
    discarded: 0,
    expired: 0,
    unread: 0,
    unexplained: 0,
    examples: [],
  };
}

/** Both paths counted all of these events exactly; each event is a line. */
export function exactPaths(events = 0): Correctness {
  return {
    exact: true,
    sentLines: events,
    sentEvents: events,
    sentMalformed: 0,
    pathsAgree: true,
    microBatch: exactPath(events),
    scheduledBatch: exactPath(events),
  };
}
