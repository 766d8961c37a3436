import type { PathName } from '#model/path-name.ts';
import type { PathFigures, Report } from '../definition/report.ts';
import type { LiveMetricName } from './live-readings.ts';

/** How often the mapping polls a shard. */
const POLL_MS = 1_000;
/** By phase a run has one invocation more or less at its beginning, and one at its end. */
const INVOCATIONS = 2;
/** Loads begin alike against their windows where the phases differ by less than this share of the window. */
const SAME_PHASE = 0.02;

/**
 * What can make two runs of the same differ although each of them looks steady, because it was drawn once for the whole run:
 * the most that it can do, in the metric's unit.
 */
export function unseenNoise(name: LiveMetricName, path: PathName, base: Report, other: Report): number {
  return path === 'micro-batch' ? unseenOfMicroBatch(name, base, other) : unseenOfScheduledBatch(name, base, other);
}

function unseenOfMicroBatch(name: LiveMetricName, base: Report, other: Report): number {
  const [one, two] = [base.paths.microBatch, other.paths.microBatch];
  switch (name) {
    case 'finality.p50':
    case 'finality.p95': {
      // The phase of the poll against the windows' ends stays as it is for a whole run; that of a batching window drifts.
      const batchingMs = Math.max(...[base, other].map(({ stream }) => stream.mapping.batchingWindowSeconds * 1_000));
      const windows = Math.min(one.finalityMs?.count ?? 1, two.finalityMs?.count ?? 1);
      return POLL_MS + batchingMs * Math.min(1, 2 / windows);
    }
    case 'invocations':
      return invocationsPerMillion(one, two);
    default:
      return 0;
  }
}

function unseenOfScheduledBatch(name: LiveMetricName, base: Report, other: Report): number {
  const [one, two] = [base.paths.scheduledBatch, other.paths.scheduledBatch];
  const phased = !beginAlike(base, other);
  switch (name) {
    case 'freshness.mean':
    case 'freshness.p50':
    case 'freshness.p95':
    case 'freshness.p99':
    case 'end-to-end.p95':
      // Of a saw's teeth, the last is cut somewhere: at most this far does that move a mean or a percentile.
      return phased
        ? Math.max(...[base, other].map((report) => report.settings.windowMs / (2 * windowsOf(report))))
        : 0;
    case 'invocations':
      return invocationsPerMillion(one, two);
    case 'cpu':
    case 'billed':
      // A batch more or less, which takes about as much as the others.
      return phased ? perThousand(name, one) / Math.max(1, Math.min(one.invocations, two.invocations)) : 0;
    default:
      return 0;
  }
}

function invocationsPerMillion(one: PathFigures, two: PathFigures): number {
  return (INVOCATIONS / Math.max(1, Math.min(one.events, two.events))) * 1_000_000;
}

function perThousand(name: 'cpu' | 'billed', { cpuMs, billedDurationMs, events }: PathFigures): number {
  return ((name === 'cpu' ? cpuMs : (billedDurationMs ?? 0)) / Math.max(1, events)) * 1_000;
}

/** Windows' lengths that a live load lasts, with the tail that closes the last one. */
function windowsOf({ load, settings }: Report): number {
  return (load.measuredMs + settings.boundMs + settings.windowMs) / settings.windowMs;
}

function beginAlike(base: Report, other: Report): boolean {
  // A log is replayed by a schedule that begins with it.
  if (base.experiment === 'replay') return true;
  const [one, two] = [base, other].map(
    ({ load, settings: { windowMs } }) => (Date.parse(load.startedAt) % windowMs) / windowMs,
  );
  const apart = Math.abs((one ?? 0) - (two ?? 0));
  return Math.min(apart, 1 - apart) < SAME_PHASE;
}
