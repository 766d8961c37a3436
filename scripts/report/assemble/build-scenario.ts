import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { Observations } from '#bench/experiments/observations.ts';
import { type KeyShape, keysOf } from '#bench/load/generator.ts';
import { defaultDeployment } from '#model/deployment.ts';
import { measureKeys } from '#model/fit/measure-keys.ts';
import { createScenario, type Scenario } from '#model/verdict/scenario.ts';
import type { Keys } from '#model/workload/keys.ts';
import { GENERATED_LOAD, type Workload } from '#model/workload/workload.ts';
import { plural } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Report } from '../definition/report.ts';

const LEAST_SPAN_SECONDS = 60;

export type ScenarioOptions = KeyShape &
  Pick<
    BenchmarkOptions,
    'rate' | 'eventsPerRecord' | 'windows' | 'batchingWindows' | 'reads' | 'freshnessValue' | 'database'
  >;

/**
 * Builds the verdict's scenario: the load of the run on the stack as it is deployed by default. The live run's small windows and
 * bound only shorten the benchmark; nobody would deploy them.
 */
export function buildScenario(
  observed: Pick<Observations, 'load' | 'sent' | 'settings'>,
  options: ScenarioOptions,
): Pick<Report, 'scenario' | 'scenarioSource'> {
  const standard = createScenario();
  const { workload, source } = workloadOf(observed, options);
  const scenario: Scenario = createScenario({
    workload,
    deployment: { ...defaultDeployment('both'), regime: options.database },
    reader: options.reads,
    freshnessUsd: options.freshnessValue,
    windowsSeconds: rising([...standard.windowsSeconds, ...options.windows.map(toSeconds)]),
    batchingWindowsSeconds: rising([...standard.batchingWindowsSeconds, ...options.batchingWindows.map(toSeconds)]),
  });
  return { scenario, scenarioSource: source };
}

function workloadOf(
  { load, sent, settings }: Pick<Observations, 'load' | 'sent' | 'settings'>,
  options: ScenarioOptions,
): { workload: Workload; source: Report['scenarioSource'] } {
  const ofLoad = load.replay === null ? generated(options) : replayed(load.oracle, settings.windowMs, options);
  return {
    workload: {
      ...GENERATED_LOAD,
      eventsPerSecond: ofLoad.eventsPerSecond,
      eventBytes: eventBytesOf(sent),
      eventsPerRecord: options.eventsPerRecord,
      keys: ofLoad.keys,
    },
    source: ofLoad.source,
  };
}

type LoadInModel = {
  readonly eventsPerSecond: number;
  readonly keys: Keys;
  readonly source: Report['scenarioSource'];
};

function generated(options: ScenarioOptions): LoadInModel {
  const { rate, hosts, referrers, hostSkew, referrerSkew } = options;
  return {
    eventsPerSecond: rate,
    keys: keysOf(options),
    source: {
      rate: `as generated: ${plural(rate, 'event')}/s`,
      keys: `as generated: ${plural(hosts, 'host')} and ${plural(referrers, 'referrer')}, by Zipf's law with exponents ${hostSkew} and ${referrerSkew}`,
    },
  };
}

/** A log is replayed as fast as possible, so its rate in production is taken from the times in the log. */
function replayed(oracle: Observations['load']['oracle'], windowMs: number, options: ScenarioOptions): LoadInModel {
  const { events } = oracle.totals();
  const starts = [...oracle.byHost().keys()];
  const first = starts.reduce((least, startMs) => Math.min(least, startMs), Number.POSITIVE_INFINITY);
  const last = starts.reduce((most, startMs) => Math.max(most, startMs), Number.NEGATIVE_INFINITY);
  const keys = measureKeys(oracle);
  if (keys === null) {
    return {
      eventsPerSecond: 1 / LEAST_SPAN_SECONDS,
      keys: keysOf(options),
      source: {
        rate: 'no event was counted: one a minute is assumed',
        keys: 'no event was counted: those of a generated load',
      },
    };
  }
  const spanSeconds = Math.max(LEAST_SPAN_SECONDS, (last + windowMs - first) / 1_000);
  return {
    eventsPerSecond: events / spanSeconds,
    keys,
    source: {
      rate: `${plural(events, 'event')} over the log's own ${formatSpan(spanSeconds)}, its windows from first to last`,
      keys: `as counted in the log: ${plural(keys.hosts, 'host')}`,
    },
  };
}

/** Mean bytes of a line, without the newlines between the lines of a record. */
function eventBytesOf({ bytes, lines, records }: Observations['sent']): number {
  return lines === 0 ? GENERATED_LOAD.eventBytes : Math.round(((bytes - (lines - records)) / lines) * 10) / 10;
}

function rising(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function toSeconds(ms: number): number {
  return ms / 1_000;
}
