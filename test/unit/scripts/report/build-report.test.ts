import { describe, expect, it } from 'vitest';
import type { Observations } from '../../../../scripts/experiments/live.ts';
import { createOracle } from '../../../../scripts/load/oracle.ts';
import { createReceipts } from '../../../../scripts/load/receipts.ts';
import { createReplaySummary } from '../../../../scripts/load/replay-summary.ts';
import type { BenchmarkOptions } from '../../../../scripts/options/benchmark-options.ts';
import { parseOptions } from '../../../../scripts/options/parse-options.ts';
import { buildReport } from '../../../../scripts/report/build-report.ts';
import type { PathObservations } from '../../../../scripts/verify/examine-paths.ts';
import { ledgerRow } from '../../../support/ledger-row.ts';
import { sequenceNumber } from '../../../support/records.ts';
import { PLACE } from '../../../support/scripted-target.ts';
import { SETTINGS } from '../../../support/settings.ts';

const optionsOf = (...args: string[]) => parseOptions(args) as BenchmarkOptions;

/** Four events in two windows of 5 s and one malformed line, sent in two records. */
function loadOf(replay = false): Observations['load'] {
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

/** A path that counted all of it in one commit at 10 s, and was cold once and killed once. */
function pathOf(): PathObservations {
  const table = { missing: 0, surplus: 0, rows: 2, examples: [] };
  const hits = { hitsByHost: 4, hitsBySource: 4, events: 4 };
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
        committedMs: 10_000,
        pathWatermarkMs: 6_000,
        shards: [{ shardId: 'a', before: null, first: sequenceNumber(1), last: sequenceNumber(2) }],
        arrivals: { widthMs: 1, buckets: [9_000], events: [4] },
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

function observationsOf(load = loadOf()): Observations {
  const schemas = { micro_batch: 'run_x_micro_batch', scheduled_batch: 'run_x_scheduled_batch' };
  const mapping = { batchSize: 100, batchingWindowSeconds: 0 };
  return {
    run: { id: 'x', streamName: 'events-run-x', schemas, mapping },
    settings: { ...SETTINGS, windowMs: 5_000 },
    load,
    sent: {
      startMs: 0,
      records: 2,
      lines: 5,
      bytes: 700,
      calls: 1,
      retriedEntries: 3,
      aborted: false,
      lagsMs: Float64Array.of(0, 4),
    },
    kills: [{ atMs: 8_000, functionName: 'micro', busy: true }],
    startedMs: Date.UTC(2026, 0, 31, 12),
    endedMs: Date.UTC(2026, 0, 31, 12, 0, 30),
    paths: { micro_batch: pathOf(), scheduled_batch: pathOf() },
  };
}

describe('buildReport', () => {
  it('judges, times and counts a live run', () => {
    const report = buildReport(observationsOf(), optionsOf(), PLACE);

    expect(report).toMatchObject({
      schemaVersion: 2,
      experiment: 'live',
      target: PLACE,
      run: { id: 'x', startedAt: '2026-01-31T12:00:00.000Z', endedAt: '2026-01-31T12:00:30.000Z', durationMs: 30_000 },
      settings: { windowMs: 5_000 },
      stream: { shards: 2, mapping: { batchSize: 100 } },
      correctness: { exact: true, sentLines: 5, sentEvents: 4, sentMalformed: 1, pathsAgree: true },
      load: { records: 2, lines: 5, events: 4, bytes: 700, windows: 2, retriedEntries: 3, input: null },
      faults: [{ functionName: 'micro' }],
    });
    expect(report.load.sendLagMs).toEqual({ p50: 0, p95: 4, p99: 4, max: 4, count: 2 });
    expect(report.paths.microBatch).toEqual({
      freshnessMs: { p50: 1_000, p95: 1_000, p99: 1_000, max: 1_000, count: 4 },
      endToEndMs: { p50: 3_000, p95: 3_000, p99: 3_000, max: 3_000, count: 4 },
      finalityMs: { p50: 5_000, p95: 5_000, p99: 5_000, max: 5_000, count: 1 },
      openWindows: 1,
      invocations: 3,
      reportedInvocations: 3,
      failedInvocations: 1,
      coldStarts: 1,
      durationMs: 30.8,
      billedDurationMs: 33,
      maxMemoryMb: 120,
      reportsMissing: null,
      commits: 1,
      rowsWritten: 6,
      rowsFinal: 4,
      cpuMs: 1.5,
      readWaitMs: 2.5,
      databaseWaitMs: 3.5,
      tables: { byHost: { rows: 2, digest: 'h' }, bySource: { rows: 2, digest: 's' } },
      quarantine: [],
    });
  });

  it('gives each path its own figures', () => {
    const observed = observationsOf();
    observed.paths.scheduled_batch = {
      ...pathOf(),
      platform: { invocations: 0, reports: [], missing: null },
      ledger: [],
    };
    const { paths, correctness } = buildReport(observed, optionsOf(), PLACE);
    expect([paths.microBatch.invocations, paths.scheduledBatch.invocations]).toEqual([3, 0]);
    expect(paths.scheduledBatch).toMatchObject({ freshnessMs: null, finalityMs: null, openWindows: 2, maxMemoryMb: 0 });
    expect(correctness.scheduledBatch.discarded).toBe(0); // what no ledger row covers was not read
  });

  it('has no figures of invocations that the platform did not report, and says why', () => {
    const observed = observationsOf();
    const missing = "the platform's log has reports of 0 of 7 invocations";
    observed.paths.micro_batch = { ...pathOf(), platform: { invocations: 7, reports: [], missing } };
    expect(buildReport(observed, optionsOf(), PLACE).paths.microBatch).toMatchObject({
      invocations: 7,
      reportedInvocations: 0,
      failedInvocations: null,
      coldStarts: null,
      durationMs: null,
      billedDurationMs: null,
      maxMemoryMb: null,
      reportsMissing: missing,
    });
  });

  it('has figures of those invocations that the platform did report', () => {
    const observed = observationsOf();
    const path = pathOf();
    const [, failed] = path.platform.reports;
    const reports = failed === undefined ? [] : [failed, failed]; // tried again under its id
    observed.paths.micro_batch = { ...path, platform: { invocations: 3, reports, missing: 'late' } };
    expect(buildReport(observed, optionsOf(), PLACE).paths.microBatch).toMatchObject({
      invocations: 3,
      reportedInvocations: 1,
      failedInvocations: 2,
      coldStarts: 0,
      billedDurationMs: 22,
      reportsMissing: 'late',
    });
  });

  it('takes what the mapping gave up into the sum', () => {
    const observed = observationsOf();
    const [row] = observed.paths.micro_batch.ledger;
    row?.shards.splice(0, 1, { shardId: 'a', before: null, first: sequenceNumber(2), last: sequenceNumber(2) });
    expect(buildReport(observed, optionsOf(), PLACE).correctness).toMatchObject({
      exact: false,
      microBatch: { exact: false, discarded: 3 },
      scheduledBatch: { exact: true, discarded: 0 },
    });
  });

  it('has no finality of a replayed log, but its open windows, and what was read of the input', () => {
    const report = buildReport(observationsOf(loadOf(true)), optionsOf('--input', 'log'), PLACE);
    expect(report).toMatchObject({
      experiment: 'replay',
      paths: { microBatch: { finalityMs: null, openWindows: 1 }, scheduledBatch: { finalityMs: null } },
      load: { input: { format: 'combined', linesRead: 6, blankLines: 0, unparsed: { count: 1 } } },
    });
  });

  it('has no finality of events that start in the past either', () => {
    const options = optionsOf('--event-start', '2026-01-01T00:00:00Z');
    expect(buildReport(observationsOf(), options, PLACE).paths.microBatch.finalityMs).toBeNull();
  });

  it.each([
    [['--keep'], { microBatch: 'run_x_micro_batch', scheduledBatch: 'run_x_scheduled_batch' }],
    [[], { microBatch: null, scheduledBatch: null }],
  ])('names the schemas that are still there with %j', (args, schemas) => {
    expect(buildReport(observationsOf(), optionsOf(...args), PLACE).schemas).toEqual(schemas);
  });

  it('keeps the options that shaped the load, and none that say where things are', () => {
    const { options } = buildReport(observationsOf(), optionsOf('--seed', '7', '--out', '/tmp/x'), PLACE).load;
    expect(options).toMatchObject({ seed: 7, rate: 500, eventsPerRecord: 1 });
    for (const name of ['out', 'keep', 'lambdaPort', 'target']) expect(options).not.toHaveProperty(name);
  });
});
