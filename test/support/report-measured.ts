import type {
  BatchingWindowObservations,
  BatchMeasurement,
  CalibrationObservations,
  DrainObservations,
  Measured,
  Observations,
} from '#bench/experiments/observations.ts';
import { createOracle } from '#bench/load/oracle.ts';
import { createReceipts } from '#bench/load/receipts.ts';
import { createReplaySummary } from '#bench/load/replay-summary.ts';
import type { PathObservations } from '#bench/verify/examine-paths.ts';
import type { LedgerRow } from '#functions/contract.ts';
import { exactPath, exactPaths } from './correctness.ts';
import { ledgerRow } from './ledger-row.ts';
import { sequenceNumber } from './records.ts';
import { SETTINGS } from './settings.ts';

/** Four events in two windows of 5 s and one malformed line, sent in two records of 705 bytes in all. */
export function loadOf(replay = false): Observations['load'] {
  const oracle = createOracle(5_000);
  for (const eventTimeMs of [1_000, 2_000, 6_000, 7_000]) oracle.add({ eventTimeMs, host: 'a', referrer: null });
  oracle.add(null);
  const receipts = createReceipts();
  for (const [n, lines] of [
    [1, 3],
    [2, 2],
  ] as const) {
    const number = BigInt(sequenceNumber(n));
    receipts.add('a', { sequenceNumber: number, lines, events: 2, intendedMs: 7_000, sentMs: 7_100 });
  }
  const summary = {
    ...createReplaySummary(),
    format: 'combined' as const,
    linesRead: 6,
    unparsed: { count: 1, examples: [] },
  };
  const ended = new Promise<never>(() => undefined);
  return { startMs: 0, durationMs: 10_000, oracle, receipts, replay: replay ? summary : null, ended };
}

/** A path that counted all of it in one commit at 10 s, a second after its arrival, and was cold once and killed once. */
export function pathOf(): PathObservations {
  const table = { missing: 0, surplus: 0, rows: 2, examples: [] };
  const hits = { hits: { byHost: 4, bySource: 4 }, events: 4 };
  const noted = { quarantined: 1, late: 0, dropped: 0, afterFinal: 0, rowsFinal: 4, rowsWritten: 6 };
  const warm = {
    status: 'success',
    durationMs: 10.26,
    billedDurationMs: 11,
    maxMemoryUsedMB: 90,
    initDurationMs: null,
  };
  return {
    totals: { ...hits, ...noted, windows: 2, openWindows: 1, watermarkMs: 6_000 },
    comparison: { byHost: { ...table, digest: 'h' }, bySource: { ...table, digest: 's' } },
    ledger: [
      ledgerRow({
        cold: true,
        startedMs: 9_900,
        committedMs: 10_000,
        pathWatermarkMs: 6_000,
        shards: [{ shardId: 'a', before: null, first: sequenceNumber(1), last: sequenceNumber(2) }],
        arrivals: { widthMs: 1, buckets: [9_000], events: [4] },
        records: 2,
        events: 4,
        rowsWritten: 6,
        rowsFresh: 4,
        cpuMs: 1.5,
        readWaitMs: 2.5,
        databaseWaitMs: 3.5,
      }),
    ],
    platform: {
      invocations: 3,
      reports: [
        { requestId: 'r1', ...warm, initDurationMs: 200 },
        { requestId: 'r2', ...warm, status: 'error', maxMemoryUsedMB: 120 },
        { requestId: 'r3', ...warm },
      ],
      missing: null,
    },
    quarantine: [],
  };
}

/** A path that has done nothing. */
export function idlePath(): PathObservations {
  const table = { missing: 0, surplus: 0, rows: 0, examples: [], digest: '' };
  const hits = { hits: { byHost: 0, bySource: 0 }, events: 0 };
  const noted = { quarantined: 0, late: 0, dropped: 0, afterFinal: 0, rowsFinal: 0, rowsWritten: 0 };
  return {
    totals: { ...hits, ...noted, windows: 0, openWindows: 0, watermarkMs: null },
    comparison: { byHost: table, bySource: table },
    ledger: [],
    platform: { invocations: 0, reports: [], missing: null },
    quarantine: [],
  };
}

/** A live run of half a minute. */
export function observationsOf(given: Partial<Observations> = {}): Observations {
  const schemas = { microBatch: 'run_x_micro_batch', scheduledBatch: 'run_x_scheduled_batch' };
  const mapping = { batchSize: 100, batchingWindowSeconds: 0 };
  return {
    run: { id: 'x', streamName: 'events-run-x', schemas, mapping },
    settings: { ...SETTINGS, windowMs: 5_000 },
    load: loadOf(),
    sent: {
      startMs: 0,
      records: 2,
      lines: 5,
      bytes: 705,
      calls: 1,
      retriedEntries: 3,
      aborted: false,
      lagsMs: Float64Array.of(0, 4),
    },
    kills: [{ atMs: 8_000, functionName: 'micro', busy: true }],
    timeline: [{ atMs: 1_000, sent: 2, microBatch: { counted: 1, lag: [1] }, scheduledBatch: null }],
    startedMs: Date.UTC(2026, 0, 31, 12),
    endedMs: Date.UTC(2026, 0, 31, 12, 0, 30),
    paths: { microBatch: pathOf(), scheduledBatch: pathOf() },
    ...given,
  };
}

/** One live run and nothing else. */
export function measuredOf(given: Partial<Measured> = {}): Measured {
  return {
    live: [observationsOf()],
    calibration: null,
    drains: [],
    batchingWindows: [],
    notMeasured: [],
    interrupted: false,
    ...given,
  };
}

const PHASE = { runId: 'y', settings: SETTINGS, shards: 1, startedMs: 0, endedMs: 60_000 };

/** Twenty warm batches of 300 to 6,000 events that take so long each, and 0.01 ms an event. */
export function ledgerAt(ms: number): LedgerRow[] {
  return Array.from({ length: 20 }, (_, i) => {
    const events = 300 * (i + 1);
    return ledgerRow({ events, records: events, rowsWritten: 10, rowsFresh: 10, cpuMs: ms + 0.01 * events });
  });
}

/** Micro-batches that take 2 ms each, and batches that take 40 ms. */
export function calibrationOf(given: Partial<CalibrationObservations> = {}): CalibrationObservations {
  return {
    ...PHASE,
    load: { events: 63_000, records: 63_000, bytes: 12_000_000, lines: 63_000 },
    correctness: exactPaths(),
    mapping: { batchSize: 250, batchingWindowSeconds: 0 },
    ledger: { microBatch: ledgerAt(2), scheduledBatch: ledgerAt(40) },
    initsMs: { microBatch: [], scheduledBatch: [] },
    ...given,
  };
}

/** A minute's 60,000 events in 600 records: one batch, cold and warm, then three micro-batches. */
export function drainOf(given: Partial<DrainObservations> = {}): DrainObservations {
  const whole = { events: 60_000, records: 600, rowsWritten: 3, rowsFresh: 3 };
  const batch = (cold: boolean, cpuMs: number): BatchMeasurement => ({
    cold,
    invocations: 1,
    durationMs: 812.34,
    billedDurationMs: cold ? null : 800,
    initMs: cold ? 250 : null,
    maxMemoryMb: 120,
    rows: [ledgerRow({ ...whole, cold, cpuMs, readWaitMs: 30, databaseWaitMs: 9 })],
  });
  const [cold, warm] = [batch(true, 500), batch(false, 400)];
  const third = { events: 20_000, records: 200, rowsWritten: 2, rowsFresh: 1, cpuMs: 50, databaseWaitMs: 4 };
  return {
    ...PHASE,
    windowMs: 60_000,
    settings: { ...SETTINGS, windowMs: 60_000 },
    load: { events: 60_000, records: 600, bytes: 12_000_000, lines: 60_000 },
    eventsPerRecord: 100,
    oracleTotals: { lines: 60_000, events: 60_000, malformed: 0 },
    sendMs: 900,
    exact: true,
    correctness: exactPaths(),
    coldCorrectness: exactPath(),
    cold,
    warm,
    catchUp: { invocations: 3, durationMs: 1_500.04, eventsPerSecond: 39_998.9, mappingMs: 700.06, maxMemoryMb: 110 },
    mapping: { batchSize: 200, batchingWindowSeconds: 0 },
    totals: { microBatch: pathOf().totals, scheduledBatch: pathOf().totals },
    ledger: {
      microBatch: [ledgerRow(third), ledgerRow(third), ledgerRow(third)],
      scheduledBatch: [...cold.rows, ...warm.rows],
    },
    initsMs: { microBatch: [], scheduledBatch: [250] },
    ...given,
  };
}

/** The micro-batch path alone for a minute, its mapping filling batches for 10 s. */
export function batchingWindowOf(given: Partial<BatchingWindowObservations> = {}): BatchingWindowObservations {
  return {
    ...PHASE,
    settings: { ...SETTINGS, windowMs: 5_000 },
    batchingWindowSeconds: 10,
    mapping: { batchSize: 10_000, batchingWindowSeconds: 10 },
    load: { events: 4, records: 2, bytes: 705, lines: 4 },
    durationMs: 60_000,
    correctness: exactPath(),
    path: pathOf(),
    coverage: {
      endToEnd: [{ value: 3_000, weight: 4 }],
      discarded: { lines: 0, events: 0 },
      expired: { lines: 0, events: 0 },
      unread: { lines: 0, events: 0 },
    },
    ...given,
  };
}
