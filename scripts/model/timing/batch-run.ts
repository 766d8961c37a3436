import { type Deployment, runsMicroBatch } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import { countRowsOfSpan } from '../workload/span-rows.ts';
import { type Batch, databaseRowsMs, handlerCpuMs, slowdown } from './function-time.ts';
import type { PlanInputs } from './plan-inputs.ts';
import type { Schedule } from './schedule.ts';

/** One run of the batch: what it reads and writes, and how long it takes. Its parts together, where it is continued. */
export type BatchRun = {
  readonly events: number;
  readonly records: number;
  readonly bytes: number;
  readonly rowsWritten: number;
  readonly rowsFresh: number;
  /** Invocations that it takes, each with a commit and a connection of its own. */
  readonly parts: number;
  /** What it is cut by; null: one invocation does it all. */
  readonly cutBy: 'time' | 'memory' | null;
  /** Keys that one invocation holds. */
  readonly keysHeld: number;
  /** How long the first invocation, cold, and each that continues it take, without INIT and a database's resume, s. */
  readonly firstSeconds: number;
  readonly laterSeconds: number;
  /** From the first invocation to the last answer, without INIT and resume, s. */
  readonly seconds: number;
  /** Of it, reading at the shards' limits, and CPU at the function's share of a core, s; the longer one counts. */
  readonly readSeconds: number;
  readonly cpuSeconds: number;
};

/** Parts that no run comes to: the search for how many ends there. */
const MOST_PARTS = 1_000_000;

/**
 * One run over the load of an interval, cut into as few parts as a function's time and memory allow. A cut leaves every part as much
 * time, so each has an even share of the events.
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
  // A run reads from lag to lag: the rest of a window whose first rows the run before has written, and the next one's first rows.
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

/** At the shards' limits, all of them side by side; what the mapping reads meanwhile is taken off. */
function readingSeconds({ parameters, workload, deployment }: PlanInputs, seconds: number): number {
  const { shards } = deployment;
  const { shardReadBytesPerSecond, readsPerSecond, recordsPerRead } = parameters;
  const bytes = (workload.bytesPerSecond * seconds) / shards;
  const records = (workload.recordsPerSecond * seconds) / shards;
  const taken = runsMicroBatch(deployment) ? workload.bytesPerSecond / shards : 0;
  // A stream too small for its load never leaves nothing: its producers are throttled at half of what it can be read at.
  const left = Math.max(shardReadBytesPerSecond / 2, shardReadBytesPerSecond - taken);
  const reads = Math.ceil(Math.max(records / recordsPerRead, bytes / pageBytes(parameters, deployment)));
  return Math.max(bytes / left, reads / readsPerSecond);
}

/** All shards are read at once, so many of them leave each a smaller page. */
export function pageBytes(parameters: ModelParameters, { memoryMb, shards }: Deployment): number {
  const { bytesPerRead, pagesShareOfMemory } = parameters;
  return Math.min(bytesPerRead, (pagesShareOfMemory * memoryMb * 2 ** 20) / shards);
}

/** Keys that an invocation may hold before it commits. */
export function mostKeys({ stateShareOfMemory, stateBytesPerKey }: ModelParameters, { memoryMb }: Deployment): number {
  return (stateShareOfMemory * memoryMb * 2 ** 20) / stateBytesPerKey;
}

/** What the function's time leaves for connecting, reading and counting. */
function secondsAllowed(parameters: ModelParameters, { regime }: Deployment, rows: number): number {
  const { functionSeconds, commitReserveSeconds, commitReserveMsPerRow, resumeSeconds } = parameters;
  const resume = regime === 'auto-pause' ? resumeSeconds : 0;
  return functionSeconds - resume - commitReserveSeconds - (commitReserveMsPerRow * rows) / 1_000;
}

/** The least number of parts of which each fits: doubled until they do, then halved in between. */
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
