import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import type { FitError } from '#model/fit/fit-error.ts';
import type { TimeFit } from '#model/fit/fitted-model.ts';
import type { Model } from '#model/model.ts';
import { type ModelParameters, type Origin, PARAMETERS, type ParameterName, STANDARD } from '#model/parameters.ts';
import { PRICES } from '#model/prices/price-table.ts';
import { createScenario } from '#model/verdict/scenario.ts';
import { GENERATED_KEYS, GENERATED_LOAD } from '#model/workload/workload.ts';
import { buildVerdict } from '#report/assemble/build-verdict.ts';
import { planRun } from '#report/cost/plan-run.ts';
import { estimateRunCost } from '#report/cost/run-cost.ts';
import type { Report } from '#report/definition/report.ts';

/** What the fixture report models: everything from `model` on. */
const HELD_OUT: FitError = { median: 0.06, p95: 0.19, total: 0.02, count: 40 };
const LIVE: FitError = { median: 0.09, p95: 0.4, total: 0.05, count: 134 };
const LIVE_WHOLE: FitError = { median: 0.3, p95: 0.9, total: 0.45, count: 268 };

const MICRO_FIT: TimeFit = {
  ms: 0.2,
  msPerEvent: 0.0021,
  msPerRecord: 0.0018,
  msPerFreshRow: 0.002,
  msPerUpdatedRow: 0.001,
  samples: 40,
  heldOut: HELD_OUT,
  ranges: {
    events: [300, 24_300],
    records: [5, 12_000],
    rowsFresh: [300, 6_000],
    rowsUpdated: [0, 4_000],
    rowsWritten: [300, 8_000],
  },
};

const BATCH_FIT: TimeFit = {
  ms: 48,
  msPerEvent: 0.0085,
  msPerRecord: 0.003,
  msPerFreshRow: 0.004,
  msPerUpdatedRow: 0.003,
  samples: 16,
  heldOut: { median: 0.04, p95: 0.12, total: 0.01, count: 16 },
  ranges: {
    events: [300, 150_000],
    records: [5, 12_000],
    rowsFresh: [300, 10_900],
    rowsUpdated: [0, 4_000],
    rowsWritten: [300, 12_000],
  },
};

const FITTED = {
  microBatchCpuMs: MICRO_FIT.ms,
  microBatchCpuMsPerEvent: MICRO_FIT.msPerEvent,
  microBatchCpuMsPerRecord: MICRO_FIT.msPerRecord,
  microBatchCpuMsPerFreshRow: MICRO_FIT.msPerFreshRow,
  microBatchCpuMsPerUpdatedRow: MICRO_FIT.msPerUpdatedRow,
  scheduledBatchCpuMs: BATCH_FIT.ms,
  scheduledBatchCpuMsPerEvent: BATCH_FIT.msPerEvent,
  scheduledBatchCpuMsPerRecord: BATCH_FIT.msPerRecord,
  scheduledBatchCpuMsPerFreshRow: BATCH_FIT.msPerFreshRow,
  scheduledBatchCpuMsPerUpdatedRow: BATCH_FIT.msPerUpdatedRow,
  coldCpuMs: 118,
} satisfies Partial<ModelParameters>;

const ORIGINS = Object.fromEntries(
  Object.entries(PARAMETERS).map(([name, { origin }]) => [name, Object.hasOwn(FITTED, name) ? 'fitted' : origin]),
) as Record<ParameterName, Origin>;

const SCENARIO = createScenario({
  workload: {
    ...GENERATED_LOAD,
    eventsPerSecond: 500,
    eventsPerRecord: 1,
    keys: { ...GENERATED_KEYS, hosts: 200 },
  },
});

const MODEL: Model = {
  parameters: { ...STANDARD, ...FITTED },
  origins: ORIGINS,
  prices: PRICES,
  cpuError: { microBatch: 0.06, scheduledBatch: 0.04 },
  databaseError: null,
  initError: null,
  fittedEvents: { microBatch: 24_300, scheduledBatch: 150_000 },
  fittedRecords: { microBatch: 4_000, scheduledBatch: 160_000 },
  fittedRows: { microBatch: 8_000, scheduledBatch: 12_000 },
};

export const MODELLED: Pick<
  Report,
  'model' | 'prices' | 'scenario' | 'scenarioSource' | 'verdict' | 'verdicts' | 'sensitivity' | 'rule' | 'runCost'
> = {
  model: {
    parameters: MODEL.parameters,
    origins: ORIGINS,
    fits: {
      microBatch: {
        cpu: MICRO_FIT,
        whyNot: null,
        databaseWait: null,
        rows: { median: 0.02, p95: 0.05, total: 0.01, count: 40 },
      },
      scheduledBatch: {
        cpu: BATCH_FIT,
        whyNot: null,
        databaseWait: null,
        rows: { median: 0.01, p95: 0.03, total: 0.01, count: 16 },
      },
    },
    cpuError: MODEL.cpuError,
    databaseError: MODEL.databaseError,
    initError: MODEL.initError,
    fittedEvents: MODEL.fittedEvents,
    fittedRecords: MODEL.fittedRecords,
    fittedRows: MODEL.fittedRows,
    live: { microBatch: LIVE, scheduledBatch: { ...LIVE, count: 14 } },
    liveWhole: { microBatch: LIVE_WHOLE, scheduledBatch: { ...LIVE_WHOLE, count: 28 } },
  },
  prices: { region: 'us-east-1', builtIn: true, table: PRICES },
  scenario: SCENARIO,
  scenarioSource: {
    rate: 'as generated: 500 events/s',
    keys: "as generated: 200 hosts and 50 referrers, by Zipf's law with exponents 1 and 1",
  },
  ...buildVerdict(MODEL, SCENARIO),
  runCost: estimateRunCost(MODEL, planRun(parseOptions([]) as BenchmarkOptions, { database: 'aurora' })),
};
