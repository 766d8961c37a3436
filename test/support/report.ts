import type { PathReport, Report } from '../../scripts/report/report.ts';
import type { PathCorrectness } from '../../scripts/verify/correctness.ts';
import { PLACE } from './scripted-target.ts';
import { SETTINGS } from './settings.ts';

const CORRECT: PathCorrectness = {
  exact: true,
  counted: 9_999,
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

const MICRO: PathReport = {
  freshnessMs: { p50: 120, p95: 480.4, p99: 999, max: 1_000, count: 9_999 },
  endToEndMs: { p50: 130, p95: 490, p99: 1_010, max: 1_234.5, count: 9_999 },
  finalityMs: { p50: 2_100, p95: 2_900, p99: 2_950, max: 3_000, count: 11 },
  openWindows: 73,
  invocations: 1_240,
  reportedInvocations: 1_240,
  failedInvocations: 5,
  coldStarts: 7,
  durationMs: 40_000,
  billedDurationMs: 41_500,
  maxMemoryMb: 95,
  reportsMissing: null,
  commits: 1_235,
  rowsWritten: 30_000,
  rowsFinal: 3_000,
  cpuMs: 9_000,
  readWaitMs: 0,
  databaseWaitMs: 12_000,
  tables: { byHost: { rows: 1_000, digest: 'h' }, bySource: { rows: 2_000, digest: 's' } },
  quarantine: [],
};

/** The report of a live run that was exact. */
export const EXACT_REPORT: Report = {
  schemaVersion: 2,
  tidemarkVersion: '0.1.0',
  experiment: 'live',
  target: PLACE,
  run: { id: 'abcd1234', startedAt: '2026-01-31T12:00:00Z', endedAt: '2026-01-31T12:01:30Z', durationMs: 90_000 },
  machine: { cpus: 2, memoryMb: 8_000, platform: 'linux x64', node: 'v20.19.0' },
  settings: SETTINGS,
  stream: { shards: 2, mapping: { batchSize: 1_000, batchingWindowSeconds: 1 } },
  load: {
    options: {},
    records: 9_999,
    lines: 9_999,
    events: 9_999,
    bytes: 2_000_000,
    windows: 84,
    retriedEntries: 0,
    sendLagMs: { p50: 0.1, p95: 1, p99: 2, max: 3, count: 9_999 },
    input: null,
  },
  correctness: {
    exact: true,
    sentLines: 9_999,
    sentEvents: 9_999,
    sentMalformed: 0,
    pathsAgree: true,
    microBatch: CORRECT,
    scheduledBatch: CORRECT,
  },
  paths: {
    microBatch: MICRO,
    scheduledBatch: {
      ...MICRO,
      invocations: 13,
      reportedInvocations: 13,
      failedInvocations: 0,
      coldStarts: 1,
      rowsWritten: 3_000,
    },
  },
  faults: [],
  schemas: { microBatch: null, scheduledBatch: null },
};

/** The same with other figures of correctness, for the run and for both paths. */
export function reportWith(
  run: Partial<Report['correctness']>,
  paths: Partial<PathCorrectness> = {},
  report: Partial<Report> = {},
): Report {
  const { correctness } = EXACT_REPORT;
  const microBatch = { ...correctness.microBatch, ...paths };
  const scheduledBatch = { ...correctness.scheduledBatch, ...paths };
  return { ...EXACT_REPORT, correctness: { ...correctness, microBatch, scheduledBatch, ...run }, ...report };
}
