import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { Observations } from '#bench/experiments/observations.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { buildLive, viewOf } from '#report/assemble/build-live.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';
import { oddValues } from '#test/support/odd-values.ts';
import { sequenceNumber } from '#test/support/records.ts';
import { idlePath, loadOf, observationsOf, pathOf } from '#test/support/report-measured.ts';

const LIVE = { duration: 7_500, eventStart: undefined };

describe('viewOf', () => {
  it('measures a live run from its start for as long as it was asked to', () => {
    const load = { ...loadOf(), startMs: 2_000 };
    expect(viewOf(observationsOf({ load }), LIVE)).toMatchObject({
      span: { fromMs: 2_000, toMs: 9_500 },
      // That of 0 s began before the load.
      windows: { startsMs: [5_000], windowMs: 5_000 },
      correctness: { exact: true },
    });
  });

  it('measures a replay from its first arrival to its last, and knows of no windows', () => {
    const view = viewOf(observationsOf({ load: loadOf(true) }), LIVE);
    expect(view).toMatchObject({ span: { fromMs: 9_000, toMs: 9_001 }, windows: null });
  });

  it('knows of no windows where events are of the past', () => {
    expect(viewOf(observationsOf(), { ...LIVE, eventStart: 0 }).windows).toBeNull();
  });

  it('has a span of a millisecond for a replay in which nothing arrived', () => {
    const paths = { microBatch: idlePath(), scheduledBatch: idlePath() };
    expect(viewOf(observationsOf({ load: loadOf(true), paths }), LIVE).span).toEqual({ fromMs: 0, toMs: 1 });
  });
});

function build(given: Partial<Observations> = {}, ...args: string[]) {
  const observed = observationsOf(given);
  const options = parseOptions(args) as BenchmarkOptions;
  return buildLive(observed, viewOf(observed, options), options);
}

const pathsWith = (microBatch: ReturnType<typeof pathOf>) => ({ microBatch, scheduledBatch: pathOf() });

describe('buildLive', () => {
  it('tells all that is known of a path', () => {
    const { freshnessCdf, slices, ...path } = build().paths.microBatch;
    expect(path).toEqual({
      freshnessMs: { p50: 1_000, p95: 1_000, p99: 1_000, max: 1_000, mean: 1_000, count: 4 },
      endToEndMs: { p50: 3_000, p95: 3_000, p99: 3_000, max: 3_000, mean: 3_000, count: 4 },
      finalityMs: { p50: 5_000, p95: 5_000, p99: 5_000, max: 5_000, mean: 5_000, count: 1 },
      openWindows: 1,
      events: 4,
      invocations: 3,
      reportedInvocations: 3,
      failedInvocations: 1,
      coldStarts: 1,
      durationMs: 30.8,
      billedDurationMs: 33,
      maxMemoryMb: 120,
      reportsMissing: null,
      coldStartsAtMs: [9_900],
      commits: 1,
      rowsWritten: 6,
      rowsFinal: 4,
      cpuMs: 1.5,
      readWaitMs: 2.5,
      databaseWaitMs: 3.5,
      tables: { byHost: { rows: 2, digest: 'h' }, bySource: { rows: 2, digest: 's' } },
      quarantine: [],
    });
    expect(freshnessCdf).toEqual(Array.from({ length: 101 }, () => 1_000));
    // All arrived at 9 s of 60.
    expect(slices.map(({ events }) => events)).toEqual([0, 4, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('gives each path its own figures', () => {
    const { paths, correctness } = build({ paths: { microBatch: pathOf(), scheduledBatch: idlePath() } });
    expect([paths.microBatch.invocations, paths.scheduledBatch.invocations]).toEqual([3, 0]);
    expect(paths.scheduledBatch).toMatchObject({
      freshnessMs: null,
      freshnessCdf: [],
      finalityMs: null,
      openWindows: 2,
      maxMemoryMb: 0,
    });
    expect(correctness.scheduledBatch.discarded).toBe(0); // what no ledger row covers was not read
  });

  it('has no figures of invocations that the platform did not report, and says why', () => {
    const missing = "the platform's log has reports of 0 of 7 invocations";
    const path = { ...pathOf(), platform: { invocations: 7, reports: [], missing } };
    expect(build({ paths: pathsWith(path) }).paths.microBatch).toMatchObject({
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
    const path = pathOf();
    const [, failed] = path.platform.reports;
    const reports = failed === undefined ? [] : [failed, failed]; // tried again under its id
    const paths = pathsWith({ ...path, platform: { invocations: 3, reports, missing: 'late' } });
    expect(build({ paths }).paths.microBatch).toMatchObject({
      invocations: 3,
      reportedInvocations: 1,
      failedInvocations: 2,
      coldStarts: 0,
      billedDurationMs: 22,
      reportsMissing: 'late',
    });
  });

  it('takes what the mapping gave up into the sum', () => {
    const path = pathOf();
    const shards = [{ shardId: 'a', before: null, first: sequenceNumber(2), last: sequenceNumber(2) }];
    const paths = pathsWith({ ...path, ledger: path.ledger.map((row) => ({ ...row, shards })) });
    expect(build({ paths })).toMatchObject({
      correctness: {
        exact: false,
        microBatch: { exact: false, discarded: 3 },
        scheduledBatch: { exact: true, discarded: 0 },
      },
    });
  });

  it('counts the windows that began before the load apart', () => {
    const load = { ...loadOf(), startMs: 5_000 };
    expect(build({ load })).toMatchObject({
      load: { windows: 2, earlierWindows: 1 },
      paths: { microBatch: { finalityMs: null } },
    });
  });

  it('has no finality of a replayed log, but its open windows, and what was read of the input', () => {
    expect(build({ load: loadOf(true) }, '--input', 'log')).toMatchObject({
      experiment: 'replay',
      paths: { microBatch: { finalityMs: null, openWindows: 1 }, scheduledBatch: { finalityMs: null } },
      load: { measuredMs: 1, input: { format: 'combined', linesRead: 6, blankLines: 0, unparsed: { count: 1 } } },
    });
  });

  it('has no finality of events that start in the past either', () => {
    expect(build({}, '--event-start', '2026-01-01T00:00:00Z').paths.microBatch.finalityMs).toBeNull();
  });

  it.each([
    [['--keep'], { microBatch: 'run_x_micro_batch', scheduledBatch: 'run_x_scheduled_batch' }],
    [[], { microBatch: null, scheduledBatch: null }],
  ])('names the schemas that are still there with %j', (args, schemas) => {
    expect(build({}, ...args).schemas).toEqual(schemas);
  });

  it('keeps the options that shaped the load, and none that say where things are', () => {
    const { options } = build({}, '--seed', '7', '--out', '/tmp/x').load;
    expect(options).toMatchObject({ seed: 7, rate: 500, eventsPerRecord: 1 });
    for (const name of ['out', 'keep', 'lambdaPort', 'target']) expect(options).not.toHaveProperty(name);
  });

  it('takes a ledger row that counted nothing', () => {
    const idle = { ...idlePath(), ledger: [ledgerRow()] };
    expect(build({ paths: pathsWith(idle) }).paths.microBatch).toMatchObject({ freshnessMs: null, commits: 1 });
  });

  it('has nothing that is no number in it, whatever a path left behind', () => {
    const amount = fc.oneof(fc.constant(0), fc.nat(1_000_000));
    const row = fc
      .record({
        cold: fc.boolean(),
        startedMs: amount,
        committedMs: amount,
        events: amount,
        rowsWritten: amount,
        cpuMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
        buckets: fc.array(fc.tuple(amount, amount), { maxLength: 4 }),
        widthMs: fc.constantFrom(1, 2, 64),
        pathWatermarkMs: fc.option(amount, { nil: null }),
      })
      .map(({ buckets, widthMs, ...rest }) =>
        ledgerRow({
          ...rest,
          arrivals: { widthMs, buckets: buckets.map(([at]) => at), events: buckets.map(([, events]) => events) },
        }),
      );
    const path = fc
      .record({ ledger: fc.array(row, { maxLength: 5 }), reported: fc.boolean(), idle: fc.boolean() })
      .map(({ ledger, reported, idle }) => {
        const { platform, ...rest } = idle ? idlePath() : pathOf();
        return { ...rest, ledger, platform: reported ? platform : { invocations: 2, reports: [], missing: 'none' } };
      });
    fc.assert(
      fc.property(path, path, fc.boolean(), (microBatch, scheduledBatch, replay) => {
        const paths = { microBatch, scheduledBatch };
        expect(oddValues(build({ paths, load: loadOf(replay) }))).toEqual([]);
      }),
    );
  });
});
