import { describe, expect, it } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import { createOracle } from '#bench/load/oracle.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { buildScenario } from '#report/assemble/build-scenario.ts';
import { loadOf, observationsOf } from '#test/support/report-measured.ts';

const optionsOf = (...args: string[]) => parseOptions(args) as BenchmarkOptions;

/** A log whose events came at these ms, counted in windows of 5 s. */
function logOf(...timesMs: number[]) {
  const oracle = createOracle(5_000);
  for (const eventTimeMs of timesMs) oracle.add({ eventTimeMs, host: 'a', referrer: null });
  return observationsOf({ load: { ...loadOf(true), oracle } });
}

describe('buildScenario', () => {
  it('takes the load that was generated', () => {
    const args = ['--rate', '800', '--hosts', '70', '--host-skew', '0.5', '--events-per-record', '16'];
    const { scenario, scenarioSource } = buildScenario(observationsOf(), optionsOf(...args));
    expect(scenario.workload).toMatchObject({
      eventsPerSecond: 800,
      eventsPerRecord: 16,
      // 705 bytes of 5 lines in 2 records: without the 3 newlines between lines of a record.
      eventBytes: 140.4,
      keys: { kind: 'zipf', hosts: 70, referrers: 50, hostSkew: 0.5, referrerSkew: 1, nullReferrerShare: 0.3 },
    });
    expect(scenarioSource).toEqual({
      rate: 'as generated: 800 events/s',
      keys: "as generated: 70 hosts and 50 referrers, by Zipf's law with exponents 0.5 and 1",
    });
  });

  it('takes the stack as it is deployed, not the small windows of the live run', () => {
    const { scenario } = buildScenario(observationsOf(), optionsOf('--bound', '1s', '--margin', '1s', '--shards', '4'));
    expect(scenario.deployment).toMatchObject({ boundSeconds: 15, marginSeconds: 2 });
    expect(scenario.leastShards).toBe(1);
  });

  it('takes the reader, the value of freshness and the database from the options', () => {
    const args = ['--reads', 'final', '--freshness-value', '3.5', '--database', 'shared'];
    expect(buildScenario(observationsOf(), optionsOf(...args)).scenario).toMatchObject({
      reader: 'final',
      freshnessUsd: 3.5,
      deployment: { regime: 'shared' },
    });
  });

  it('asks for the windows and batching windows that were measured beside the standard ones, each once', () => {
    const { scenario } = buildScenario(
      observationsOf(),
      optionsOf('--windows', '1m,7m', '--batching-windows', '5s,10s'),
    );
    expect(scenario.windowsSeconds).toEqual([60, 300, 420, 900, 1_800, 3_600, 7_200]);
    expect(scenario.batchingWindowsSeconds).toEqual([0, 1, 5, 10, 60, 300]);
  });

  it("takes a log's rate from its own time: 240 events in two minutes are 2 a second", () => {
    const observed = logOf(...Array.from({ length: 240 }, (_, i) => i * 500));
    const { scenario, scenarioSource } = buildScenario(observed, optionsOf('--input', 'log'));
    expect(scenario.workload.eventsPerSecond).toBe(2);
    expect(scenario.workload.keys).toMatchObject({ kind: 'measured', hosts: 1, events: 240 });
    expect(scenarioSource).toEqual({
      rate: "240 events over the log's own 2 minutes, its windows from first to last",
      keys: 'as counted in the log: 1 host',
    });
  });

  it('takes a minute for a log that is shorter', () => {
    const { scenario } = buildScenario(logOf(0, 1_000, 2_000), optionsOf('--input', 'log'));
    expect(scenario.workload.eventsPerSecond).toBe(0.05);
  });

  it('assumes something small of a log without events', () => {
    const observed = { ...logOf(), sent: { ...observationsOf().sent, lines: 0, records: 0, bytes: 0 } };
    const { scenario, scenarioSource } = buildScenario(observed, optionsOf('--input', 'log'));
    expect(scenario.workload).toMatchObject({ eventsPerSecond: 1 / 60, eventBytes: 193, keys: { kind: 'zipf' } });
    expect(scenarioSource.rate).toBe('no event was counted: one a minute is assumed');
  });
});
