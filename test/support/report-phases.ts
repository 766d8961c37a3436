import type {
  BatchingWindowReport,
  BatchReport,
  CalibrationReport,
  CatchUpReport,
  DrainReport,
} from '#report/definition/report.ts';
import { exactPath, exactPaths } from './correctness.ts';
import { SETTINGS } from './settings.ts';

/** The phases of the fixture report in which one path runs alone, at its 500 events a second over 200 hosts. */
const RATE = 500;
const BYTES_PER_EVENT = 193;

function loadOf(events: number, eventsPerRecord: number): DrainReport['load'] {
  const records = Math.ceil(events / eventsPerRecord);
  return { events, records, bytes: events * (BYTES_PER_EVENT + 1) - records, lines: events };
}

export const CALIBRATION: CalibrationReport = {
  exact: true,
  correctness: exactPaths(60_000),
  load: loadOf(60_000, 32),
  invocations: { microBatch: 40, scheduledBatch: 14 },
};

function drainOf(windowSeconds: number, rows: number, catchUpInvocations: number): DrainReport {
  const load = loadOf(RATE * windowSeconds, 128);
  const sizes = { events: load.events, records: load.records };
  const cpuMs = 51 + load.events * 0.0095;
  const warm: BatchReport = {
    invocations: 1,
    ...sizes,
    rowsWritten: rows,
    rowsFresh: rows,
    cpuMs,
    readWaitMs: 120,
    databaseWaitMs: rows * 0.02,
    maxMemoryMb: 120,
    durationMs: cpuMs + 150 + rows * 0.02,
    billedDurationMs: Math.ceil(cpuMs + 120 + rows * 0.02),
    initMs: null,
    predicted: { cpuMs: cpuMs * 0.97, rowsWritten: rows * 1.01 },
  };
  const catchUp: CatchUpReport = {
    invocations: catchUpInvocations,
    ...sizes,
    rowsWritten: rows * 2,
    rowsFresh: rows,
    cpuMs: load.events * 0.004,
    readWaitMs: 0,
    databaseWaitMs: rows * 0.04,
    maxMemoryMb: 110,
    durationMs: load.events / 40,
    mappingMs: 900,
    eventsPerSecond: 40_000,
    predicted: { cpuMs: load.events * 0.0041, rowsWritten: rows * 2.03 },
  };
  return {
    windowMs: windowSeconds * 1_000,
    settings: { ...SETTINGS, windowMs: windowSeconds * 1_000 },
    mapping: { batchSize: 1_000, batchingWindowSeconds: 0 },
    shards: 2,
    load,
    exact: true,
    correctness: exactPaths(load.events),
    coldCorrectness: exactPath(load.events),
    cold: {
      ...warm,
      cpuMs: cpuMs + 120,
      durationMs: warm.durationMs + 420,
      billedDurationMs: (warm.billedDurationMs ?? 0) + 420,
      initMs: 300,
      predicted: { ...warm.predicted, cpuMs: warm.predicted.cpuMs + 118 },
    },
    warm,
    catchUp,
  };
}

/** A minute and five: 6,700 rows are those of 21,500 and 8,500 events, 10,900 those of 141,500 and 8,500. */
export const DRAINS: DrainReport[] = [drainOf(60, 6_700, 2), drainOf(300, 10_900, 8)];

const EVENTS_AT_TEN_SECONDS = RATE * 67;

export const BATCHING_WINDOWS: BatchingWindowReport[] = [
  {
    batchingWindowSeconds: 10,
    mapping: { batchSize: 1_000, batchingWindowSeconds: 10 },
    shards: 2,
    settings: { ...SETTINGS, windowMs: 5_000, boundMs: 2_000, idleTimeoutMs: 10_000 },
    durationMs: 67_000,
    load: loadOf(EVENTS_AT_TEN_SECONDS, 1),
    exact: true,
    correctness: exactPath(EVENTS_AT_TEN_SECONDS),
    path: {
      freshnessMs: { p50: 5_100, p95: 9_700, p99: 10_100, max: 10_400, mean: 5_150, count: EVENTS_AT_TEN_SECONDS },
      endToEndMs: { p50: 5_110, p95: 9_710, p99: 10_120, max: 10_450, mean: 5_160, count: EVENTS_AT_TEN_SECONDS },
      finalityMs: { p50: 7_100, p95: 11_200, p99: 11_300, max: 11_400, mean: 7_200, count: 12 },
      events: EVENTS_AT_TEN_SECONDS,
      invocations: 36,
      rowsWritten: 31_000,
      rowsFinal: 20_500,
      cpuMs: 200,
      billedDurationMs: 900,
    },
    coldStarts: 0,
    predicted: { cpuMs: 190, rowsWritten: 30_400, invocations: 34, freshnessMs: 5_060 },
  },
];
