import { type Deployment, runsMicroBatch } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import { countRowsOfSpan } from '../workload/span-rows.ts';
import { type Batch, databaseRowsMs, handlerCpuMs, slowdown } from './function-time.ts';
import type { PlanInputs } from './plan-inputs.ts';
import type { Schedule } from './schedule.ts';

/** Reads, writes and times of one run of the batch, summed over its parts if it is continued. */
export type BatchRun = {
  readonly events: number;
  readonly records: number;
  readonly bytes: number;
  readonly rowsWritten: number;
  readonly rowsFresh: number;
  /** Number of invocations of the run; each has its own connection and commit. */
  readonly parts: number;
  /** The limit that cuts the run into parts; null: one invocation is enough. */
  readonly cutBy: 'time' | 'memory' | null;
  /** Keys that one invocation holds in memory. */
  readonly keysHeld: number;
  /** Durations of the first invocation, which is cold, and of each later one, without INIT and resume of the database, s. */
  readonly firstSeconds: number;
  readonly laterSeconds: number;
  /** Time from the first invocation to the last answer, without INIT and resume of the database, s. */
  readonly seconds: number;
  /** Time to read at the shards' limits, and CPU time at the function's share of a core, s. They overlap, so the longer one counts. */
  readonly readSeconds: number;
  readonly cpuSeconds: number;
};

/** Bound of the search for the number of parts; no run needs so many. */
const MOST_PARTS = 1_000_000;

/**
 * Plans one run over the load of an interval, cut into as few parts as a function's time and memory allow. Every part has the same time,
 * so the events are shared evenly.
 */
export function planBatchRun(inputs: PlanInputs, { intervalSeconds }: Schedule): BatchRun {
  const { parameters, workload, deployment } = inputs;
  const partOf = (parts: number): Part => planPart(inputs, intervalSeconds / parts);
  const keysAllowed = mostKeys(parameters, deployment);
  const inTime = ({ firstSeconds, rows }: Part): boolean =>
    firstSeconds <= secondsAllowed(parameters, deployment, rows);
  const inMemory = ({ rows }: Part): boolean => rows <= keysAllowed;

  const whole = partOf(1);
  const cutBy = !inTime(whole) ? 'time' : !inMemory(whole) ? 'memory' : null;
  const parts = cutBy === null ? 1 : leastParts((count) => inTime(partOf(count)) && inMemory(partOf(count)));
  const part = parts === 1 ? whole : partOf(parts);
  const rowsWritten = part.rows * parts;
  return {
    events: workload.eventsPerSecond * intervalSeconds,
    records: workload.recordsPerSecond * intervalSeconds,
    bytes: workload.bytesPerSecond * intervalSeconds,
    rowsWritten,
    rowsFresh: part.rowsFresh * parts,
    parts,
    cutBy,
    keysHeld: part.rows,
    firstSeconds: part.firstSeconds,
    laterSeconds: part.laterSeconds,
    seconds: part.firstSeconds + (parts - 1) * (part.laterSeconds + parameters.continuationSeconds),
    readSeconds: part.readSeconds * parts,
    cpuSeconds: part.cpuSeconds * parts,
  };
}

type Part = Pick<BatchRun, 'firstSeconds' | 'laterSeconds' | 'readSeconds' | 'cpuSeconds' | 'rowsFresh'> & {
  readonly rows: number;
};

function planPart(inputs: PlanInputs, seconds: number): Part {
  const { parameters, workload, deployment } = inputs;
  const { windowSeconds, boundSeconds, marginSeconds, memoryMb } = deployment;
  const { eventsPerSecond, countRows } = workload;
  // A run starts and ends at the lag: it updates rows that the run before wrote, and inserts the first rows of the next window.
  const rows = countRowsOfSpan(countRows, { seconds, windowSeconds, eventsPerSecond }, boundSeconds + marginSeconds);
  const rowsFresh = Math.min(rows, (countRows(eventsPerSecond * windowSeconds) * seconds) / windowSeconds);
  const batch: Batch = {
    events: eventsPerSecond * seconds,
    records: workload.recordsPerSecond * seconds,
    rowsFresh,
    rowsUpdated: rows - rowsFresh,
  };
  const slower = slowdown(parameters, memoryMb) / 1_000;
  const cpuSeconds = handlerCpuMs(parameters, 'scheduledBatch', batch) * slower;
  const readSeconds = readingSeconds(inputs, seconds);
  const { connectMs, databaseMs } = parameters;
  const databaseSeconds = (connectMs + databaseMs + databaseRowsMs(parameters, batch)) / 1_000;
  return {
    rows,
    rowsFresh,
    readSeconds,
    cpuSeconds,
    firstSeconds: Math.max(readSeconds, cpuSeconds + parameters.coldCpuMs * slower) + databaseSeconds,
    laterSeconds: Math.max(readSeconds, cpuSeconds) + databaseSeconds,
  };
}

/** Time to read all shards in parallel at their limits, less the rate that the mapping reads at the same time, s. */
function readingSeconds({ parameters, workload, deployment }: PlanInputs, seconds: number): number {
  const { shards } = deployment;
  const { shardReadBytesPerSecond, readsPerSecond, recordsPerRead } = parameters;
  const bytes = (workload.bytesPerSecond * seconds) / shards;
  const records = (workload.recordsPerSecond * seconds) / shards;
  const taken = runsMicroBatch(deployment) ? workload.bytesPerSecond / shards : 0;
  // Half of the read rate is always left, since producers are throttled at half of it.
  const left = Math.max(shardReadBytesPerSecond / 2, shardReadBytesPerSecond - taken);
  const reads = Math.ceil(Math.max(records / recordsPerRead, bytes / pageBytes(parameters, deployment)));
  return Math.max(bytes / left, reads / readsPerSecond);
}

/** Size of a page, bytes. All shards are read at once, so with many shards each page gets less memory. */
export function pageBytes(parameters: ModelParameters, { memoryMb, shards }: Deployment): number {
  const { bytesPerRead, pagesShareOfMemory } = parameters;
  return Math.min(bytesPerRead, (pagesShareOfMemory * memoryMb * 2 ** 20) / shards);
}

/** Most keys that an invocation may hold before it commits. */
export function mostKeys({ stateShareOfMemory, stateBytesPerKey }: ModelParameters, { memoryMb }: Deployment): number {
  return (stateShareOfMemory * memoryMb * 2 ** 20) / stateBytesPerKey;
}

/** Time of an invocation that is left to connect, read and count, s. */
function secondsAllowed(parameters: ModelParameters, { regime }: Deployment, rows: number): number {
  const { functionSeconds, commitReserveSeconds, commitReserveMsPerRow, resumeSeconds } = parameters;
  const resume = regime === 'auto-pause' ? resumeSeconds : 0;
  return functionSeconds - resume - commitReserveSeconds - (commitReserveMsPerRow * rows) / 1_000;
}

/** Finds the least number of parts that fit: it doubles the number until they do, then halves the range. */
function leastParts(fits: (parts: number) => boolean): number {
  let most = 2;
  while (!fits(most) && most < MOST_PARTS) most *= 2;
  let least = most / 2;
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (fits(middle)) most = middle;
    else least = middle;
  }
  return most;
}
