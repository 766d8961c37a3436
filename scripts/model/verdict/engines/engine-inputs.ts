import type { Origin } from '#model/parameters.ts';

/** Alternatives to the two paths: a stream processor that is always on, and two batch engines that start for each window. */
export const ENGINES = ['flink', 'emr', 'glue'] as const;
export type EngineName = (typeof ENGINES)[number];
export type SparkName = Exclude<EngineName, 'flink'>;

export const ENGINE_LABELS: Readonly<Record<EngineName, string>> = {
  flink: 'Managed Service for Apache Flink',
  emr: 'EMR Serverless Spark',
  glue: 'Glue Spark',
};

export type EngineInput = {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
  readonly origin: Origin;
  readonly source: string;
};

type Entry = [value: number, unit: string, what: string, source: string];

const from =
  (origin: Origin) =>
  (...[value, unit, what, source]: Entry): EngineInput => ({ value, unit, what, origin, source });

const measured = from('measured');
const assumed = from('assumed');
const documented = from('documented');

const ELSEWHERE = 'measured elsewhere, on two cores, local mode';
const FLINK_PRICING = 'https://docs.aws.amazon.com/managed-flink/latest/java/how-pricing.html';
const EMR_WORKERS = 'https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/app-behavior.html';
const EMR_BILLING =
  'https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_JobRun.html, billedResourceUtilization';
const GLUE_PRICING = 'https://aws.amazon.com/glue/pricing/, by third parties';
const GLUE_JOBS = 'https://docs.aws.amazon.com/glue/latest/dg/add-job.html, maximum capacity';
const GLUE_WORKERS = 'https://docs.aws.amazon.com/glue/latest/dg/worker-types.html';
const OURS = 'this model; no source';

/**
 * Inputs of the engines' model. **measured** means on another machine with two cores, in local mode: both aggregations of 2,000,000
 * events of 184 bytes, written to a PostgreSQL on the same machine (about 272,000 rows). A run over 300 events gave the start-up time.
 * Throughput is the events ÷ (time of the run − start-up time, each the middle of its range) ÷ 2 cores. A KPU or a vCPU is assumed to
 * be as fast as such a core.
 */
export const ENGINE_INPUTS = {
  flinkEventsPerSecondPerKpu: measured(
    39_200,
    'events/s',
    'what a KPU of 1 vCPU counts and writes, all of it busy',
    `Flink 1.20, ${ELSEWHERE}: 2,000,000 events in 34–37 s, of which 9–11 s are start-up`,
  ),
  flinkLoadShare: assumed(0.5, 'share', 'of a KPU that the load may take, so that it can catch up', OURS),
  flinkOrchestrationKpus: documented(1, 'KPU', 'added to every application', FLINK_PRICING),
  flinkStorageGbPerKpu: documented(50, 'GB', 'running storage of a KPU', FLINK_PRICING),
  flinkEmitSeconds: assumed(1, 's', 'from the watermark to the window’s rows in the database', OURS),

  sparkEventsPerSecondPerVcpu: measured(
    62_500,
    'events/s',
    'what a vCPU counts and writes, all of it busy',
    `Spark 4.0, ${ELSEWHERE}: 2,000,000 events in 31–34 s, of which 14–19 s are start-up`,
  ),
  sparkStartUpSeconds: assumed(
    180,
    's',
    'from asking for a run to its first event',
    'a rule of thumb that nothing published supports; EMR Serverless is quoted with 15–30 s a worker',
  ),
  sparkBilledStartUpSeconds: assumed(
    16,
    's',
    'of the start-up that is billed at most: Spark’s own, once its workers are there',
    `Spark 4.0, ${ELSEWHERE}, started in 14–19 s; that waiting for workers is free is an assumption`,
  ),
  sparkRunShare: assumed(0.25, 'share', 'of its window that a run may count for; more workers from there on', OURS),

  emrBillingMinimumSeconds: assumed(60, 's', 'billed for a worker at least', EMR_BILLING),
  emrDriverVcpus: assumed(1, 'vCPU', 'of the driver: the smallest worker that there is', EMR_WORKERS),
  emrDriverGb: assumed(4, 'GB', 'of the driver', EMR_WORKERS),
  emrExecutorVcpus: assumed(2, 'vCPU', 'of an executor, as large as what was measured', EMR_WORKERS),
  emrExecutorGb: assumed(8, 'GB', 'of an executor', EMR_WORKERS),

  glueBillingMinimumSeconds: assumed(60, 's', 'billed for a run at least', GLUE_PRICING),
  glueLeastDpus: documented(2, 'DPU', 'of a Spark job at least, one of them the driver', GLUE_JOBS),
  glueVcpusPerDpu: documented(4, 'vCPU', 'of a DPU', GLUE_WORKERS),
} satisfies Record<string, EngineInput>;

export type EngineInputName = keyof typeof ENGINE_INPUTS;
export type EngineInputs = Readonly<Record<EngineInputName, number>>;

/** Value of each input. */
export const STANDARD_INPUTS: EngineInputs = Object.fromEntries(
  Object.entries(ENGINE_INPUTS).map(([name, { value }]) => [name, value]),
) as EngineInputs;
