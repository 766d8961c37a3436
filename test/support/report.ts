import type { PathCorrectness } from '#bench/verify/correctness.ts';
import type { Distribution } from '#model/statistics/percentiles.ts';
import { digestReport } from '#report/definition/digest-report.ts';
import type { PathReport, RepeatReport, Report, Slice } from '#report/definition/report.ts';
import { exactPaths } from './correctness.ts';
import { BATCHING_WINDOWS, CALIBRATION, DRAINS } from './report-phases.ts';
import { MODELLED } from './report-verdict.ts';
import { PLACE } from './scripted-target.ts';
import { SETTINGS } from './settings.ts';

/** 60 s at 500 events a second, and 7 s that close the last window. */
const RATE = 500;
const SECONDS = 67;
const EVENTS = RATE * SECONDS;
const WINDOW_SECONDS = 5;

const MICRO_FRESHNESS: Distribution = { p50: 520, p95: 980.4, p99: 1_050, max: 1_100, mean: 540.2, count: EVENTS };
const BATCH_FRESHNESS: Distribution = { p50: 6_600, p95: 9_000, p99: 9_250, max: 9_400, mean: 6_605, count: EVENTS };

const MICRO: PathReport = {
  freshnessMs: MICRO_FRESHNESS,
  freshnessCdf: cdfOf(MICRO_FRESHNESS, 20),
  slices: slicesOf(MICRO_FRESHNESS, { rowsWritten: 3_600, cpuMs: 36, invocations: 12 }),
  endToEndMs: { p50: 530, p95: 990, p99: 1_060, max: 1_234.5, mean: 551, count: EVENTS },
  finalityMs: { p50: 2_100, p95: 2_900, p99: 2_950, max: 3_000, mean: 2_200, count: 12 },
  openWindows: 2,
  events: EVENTS,
  invocations: 136,
  reportedInvocations: 136,
  failedInvocations: 2,
  coldStarts: 3,
  durationMs: 2_000,
  billedDurationMs: 2_450,
  maxMemoryMb: 95,
  reportsMissing: null,
  coldStartsAtMs: [-450, -430, 20_100],
  commits: 134,
  rowsWritten: 41_000,
  rowsFinal: 20_500,
  cpuMs: 402,
  readWaitMs: 0,
  databaseWaitMs: 1_200,
  tables: { byHost: { rows: 2_500, digest: 'h' }, bySource: { rows: 18_000, digest: 's' } },
  quarantine: [],
};

const SCHEDULED: PathReport = {
  ...MICRO,
  freshnessMs: BATCH_FRESHNESS,
  freshnessCdf: cdfOf(BATCH_FRESHNESS, 4_010),
  slices: slicesOf(BATCH_FRESHNESS, { rowsWritten: 2_700, cpuMs: 110, invocations: 1.2 }),
  endToEndMs: { p50: 6_610, p95: 9_010, p99: 9_260, max: 9_450, mean: 6_616, count: EVENTS },
  finalityMs: { p50: 4_060, p95: 4_200, p99: 4_210, max: 4_230, mean: 4_080, count: 12 },
  invocations: 14,
  reportedInvocations: 14,
  failedInvocations: 0,
  coldStarts: 1,
  durationMs: 1_700,
  billedDurationMs: 2_050,
  maxMemoryMb: 110,
  coldStartsAtMs: [9_010],
  commits: 14,
  rowsWritten: 30_750,
  cpuMs: 1_236,
  readWaitMs: 300,
  databaseWaitMs: 700,
};

const RUN = {
  id: 'abcd1234',
  startedAt: '2026-01-31T12:00:00.000Z',
  endedAt: '2026-01-31T12:01:30.000Z',
  durationMs: 90_000,
};

const FIELDS: Omit<Report, 'digest'> = {
  schemaVersion: 3,
  tidemarkVersion: '0.1.0',
  experiment: 'live',
  complete: true,
  notMeasured: [],
  exact: true,
  warnings: [],
  target: { ...PLACE, database: 'embedded' },
  run: RUN,
  machine: { cpus: 2, memoryMb: 8_000, platform: 'linux x64', node: 'v20.19.0' },
  settings: { ...SETTINGS, windowMs: WINDOW_SECONDS * 1_000, boundMs: 2_000, idleTimeoutMs: 10_000 },
  stream: { shards: 2, mapping: { batchSize: 1_000, batchingWindowSeconds: 0 } },
  load: {
    options: {
      seed: 1,
      eventsPerRecord: 1,
      partitionBy: 'random',
      rate: RATE,
      duration: 60_000,
      hosts: 200,
      referrers: 50,
      hostSkew: 1,
      referrerSkew: 1,
      nullReferrers: 0.3,
      outOfOrder: 0.3,
      outOfOrderBy: null,
      lateShare: 0,
      malformed: 0,
      eventStart: null,
    },
    startedAt: '2026-01-31T12:00:10.000Z',
    measuredMs: 60_000,
    records: EVENTS,
    lines: EVENTS,
    events: EVENTS,
    bytes: EVENTS * 193,
    windows: 15,
    earlierWindows: 1,
    retriedEntries: 0,
    sendLagMs: { p50: 0.1, p95: 1, p99: 2, max: 3, mean: 0.2, count: EVENTS },
    input: null,
  },
  correctness: exactPaths(EVENTS),
  paths: { microBatch: MICRO, scheduledBatch: SCHEDULED },
  timeline: Array.from({ length: SECONDS + 1 }, (_, second) => pointAt(second)),
  faults: [],
  schemas: { microBatch: null, scheduledBatch: null },
  repeats: [repeatOf('abcd1234', 0, 1), repeatOf('abcd1235', 2, 1.01), repeatOf('abcd1236', 4, 0.985)],
  calibration: CALIBRATION,
  drains: DRAINS,
  batchingWindows: BATCHING_WINDOWS,
  ...MODELLED,
};

/** The report of three live runs with calibration, drains and a batching window, all of them exact. */
export const EXACT_REPORT: Report = signed(FIELDS);

/** A report with these fields changed, and the digest that it then has. */
export function changedReport(changes: Partial<Omit<Report, 'digest'>>, report: Report = EXACT_REPORT): Report {
  return signed({ ...report, ...changes });
}

/** The same with other figures of correctness, for the run and for both paths. */
export function reportWith(
  run: Partial<Report['correctness']>,
  paths: Partial<PathCorrectness> = {},
  report: Partial<Omit<Report, 'digest'>> = {},
): Report {
  const { correctness } = EXACT_REPORT;
  const microBatch = { ...correctness.microBatch, ...paths };
  const scheduledBatch = { ...correctness.scheduledBatch, ...paths };
  const changed = { ...correctness, microBatch, scheduledBatch, ...run };
  return changedReport({ correctness: changed, exact: changed.exact, ...report });
}

function signed(fields: Omit<Report, 'digest'>): Report {
  return { ...fields, digest: digestReport(fields) };
}

/** Straight lines between the least value and the percentiles. */
function cdfOf({ p50, p95, p99, max }: Distribution, least: number): number[] {
  const corners = [
    [0, least],
    [50, p50],
    [95, p95],
    [99, p99],
    [100, max],
  ] as const;
  return Array.from({ length: 101 }, (_, percent) => {
    const next = corners.findIndex(([at]) => at >= percent);
    const [to, high] = corners[next] ?? [100, max];
    const [from, low] = corners[next - 1] ?? [0, least];
    return to === percent ? high : Math.round(low + ((high - low) * (percent - from)) / (to - from));
  });
}

/** Ten parts of 6 s that differ a little, in a pattern whose sum is nothing. */
function slicesOf(whole: Distribution, each: Pick<Slice, 'rowsWritten' | 'cpuMs' | 'invocations'>): Slice[] {
  return Array.from({ length: 10 }, (_, i) => {
    const shift = ((i * 3) % 10) - 4.5;
    const moved = (value: number): number => Math.round(value * (1 + shift / 300));
    const { p50, p95, p99, max, mean } = whole;
    const count = RATE * 6;
    return {
      fromMs: i * 6_000,
      toMs: (i + 1) * 6_000,
      freshnessMs: { p50: moved(p50), p95: moved(p95), p99: moved(p99), max: moved(max), mean: moved(mean), count },
      events: count,
      rowsWritten: moved(each.rowsWritten),
      cpuMs: moved(each.cpuMs),
      invocations: each.invocations,
    };
  });
}

function pointAt(second: number): Report['timeline'][number] {
  const sent = RATE * second;
  const stream = Math.max(0, sent - 260);
  const lastDue = Math.floor((second - 4) / WINDOW_SECONDS) * WINDOW_SECONDS + 4;
  const batch = second < 9 ? 0 : RATE * lastDue;
  const lagOf = (counted: number): number[] => [Math.ceil((sent - counted) / 2), Math.floor((sent - counted) / 2)];
  return {
    atMs: second * 1_000,
    sent,
    microBatch: second === 0 ? null : { counted: stream, lag: lagOf(stream) },
    scheduledBatch: second === 0 ? null : { counted: batch, lag: lagOf(batch) },
  };
}

function repeatOf(id: string, minutes: number, factor: number): RepeatReport {
  const startMs = Date.parse(RUN.startedAt) + minutes * 60_000;
  const scaled = (distribution: Distribution | null): Distribution | null => {
    if (distribution === null || factor === 1) return distribution;
    const { p50, p95, p99, max, mean, count } = distribution;
    const by = (value: number): number => Math.round(value * factor * 10) / 10;
    return { p50: by(p50), p95: by(p95), p99: by(p99), max: by(max), mean: by(mean), count };
  };
  const figuresOf = (path: PathReport) => ({
    freshnessMs: scaled(path.freshnessMs),
    endToEndMs: scaled(path.endToEndMs),
    finalityMs: scaled(path.finalityMs),
    events: path.events,
    invocations: path.invocations,
    rowsWritten: Math.round(path.rowsWritten * factor),
    rowsFinal: path.rowsFinal,
    cpuMs: Math.round(path.cpuMs * factor * 10) / 10,
    billedDurationMs: path.billedDurationMs === null ? null : Math.round(path.billedDurationMs * factor),
  });
  return {
    run: {
      id,
      startedAt: new Date(startMs).toISOString(),
      endedAt: new Date(startMs + RUN.durationMs).toISOString(),
      durationMs: RUN.durationMs,
    },
    exact: true,
    paths: { microBatch: figuresOf(MICRO), scheduledBatch: figuresOf(SCHEDULED) },
  };
}
