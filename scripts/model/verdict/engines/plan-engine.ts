import type { Use } from '#model/cost/term.ts';
import { ALWAYS, type Awake, planAwake } from '#model/timing/awake.ts';
import type { PlanInputs } from '#model/timing/plan-inputs.ts';
import { planSchedule } from '#model/timing/schedule.ts';
import { ENGINE_LABELS, type EngineInputs, type EngineName, type SparkName } from './engine-inputs.ts';

const HOUR_SECONDS = 3_600;

/** What an engine needs for a month beside stream and database, and how it leaves the database. */
export type EnginePlan = {
  readonly uses: readonly Use[];
  readonly awake: Awake;
  /** Mean, from a window's end to its rows in the database, s. */
  readonly finalitySeconds: number;
  /** From asking for a run to its end, s; null for an engine that is always on. */
  readonly runSeconds: number | null;
};

export function planEngine(engine: EngineName, planInputs: PlanInputs, inputs: EngineInputs): EnginePlan {
  return engine === 'flink' ? planFlink(planInputs, inputs) : planSpark(engine, planInputs, inputs);
}

/**
 * A job that is always on and writes each window once, when its watermark has passed. It keeps its connection, so a database that
 * may pause never does.
 */
function planFlink({ parameters, workload, deployment }: PlanInputs, inputs: EngineInputs): EnginePlan {
  const kpus = Math.max(
    1,
    Math.ceil(workload.eventsPerSecond / (inputs.flinkEventsPerSecondPerKpu * inputs.flinkLoadShare)),
  );
  return {
    uses: [
      flinkUse('kpus', 'KPUs', 'flink-kpu-hour', kpus * parameters.hoursPerMonth),
      flinkUse(
        'orchestration',
        'orchestration',
        'flink-kpu-hour',
        inputs.flinkOrchestrationKpus * parameters.hoursPerMonth,
      ),
      flinkUse('storage', 'running storage', 'flink-storage-gb-month', kpus * inputs.flinkStorageGbPerKpu),
    ],
    awake: ALWAYS,
    finalitySeconds: deployment.boundSeconds + inputs.flinkEmitSeconds,
    runSeconds: null,
  };
}

function flinkUse(id: string, label: string, price: Use['price'], quantity: number): Use {
  return { id: `flink-${id}`, label: `Flink: ${label}`, owner: 'shared', price, quantity };
}

/** What a run is given, and what an hour of that uses. */
type Workers = {
  readonly vcpus: number;
  readonly hourly: readonly Omit<Use, 'owner'>[];
  readonly billingMinimumSeconds: number;
};

/**
 * A run for each window, scheduled as the scheduled batch is: it starts, reads the window off the stream, and writes each row once.
 * The database wakes for the writing.
 */
function planSpark(engine: SparkName, planInputs: PlanInputs, inputs: EngineInputs): EnginePlan {
  const { parameters, workload, deployment } = planInputs;
  const { windowSeconds, shards } = deployment;
  const events = workload.eventsPerSecond * windowSeconds;
  const workers = WORKERS[engine](inputs, events / inputs.sparkEventsPerSecondPerVcpu, windowSeconds);
  const countSeconds = events / inputs.sparkEventsPerSecondPerVcpu / workers.vcpus;
  const readSeconds = (workload.bytesPerSecond * windowSeconds) / shards / parameters.shardReadBytesPerSecond;
  const busySeconds = Math.max(countSeconds, readSeconds);
  const startUpSeconds = inputs.sparkStartUpSeconds;
  const billedStartUpSeconds = Math.min(startUpSeconds, inputs.sparkBilledStartUpSeconds);
  const billedSeconds = Math.max(workers.billingMinimumSeconds, billedStartUpSeconds + busySeconds);
  const runs = (parameters.hoursPerMonth * HOUR_SECONDS) / windowSeconds;
  const billedHours = runs * (billedSeconds / HOUR_SECONDS);
  const writeSeconds = (parameters.databaseMsPerFreshRow * workload.countRows(events)) / 1_000;
  const schedule = planSchedule(deployment);
  const awake = planAwake(planInputs, schedule, null, writeSeconds);
  const runSeconds = startUpSeconds + busySeconds + awake.resumeSeconds;
  const firesSeconds = deployment.tickSeconds === 0 ? 0 : parameters.tickDelaySeconds;
  return {
    uses: [
      ...workers.hourly.map((use): Use => ({ ...use, owner: 'shared', quantity: use.quantity * billedHours })),
      ...sparkTicks(engine, runs),
    ],
    awake,
    finalitySeconds: schedule.dueSeconds + firesSeconds + runSeconds,
    runSeconds,
  };
}

/** One for each run: a tick starts the job itself, so none may come while nothing is due. */
function sparkTicks(engine: SparkName, runs: number): Use[] {
  const label = `${ENGINE_LABELS[engine]}: schedule`;
  return [{ id: `${engine}-ticks`, label, owner: 'shared', price: 'scheduler-invocation', quantity: runs }];
}

const WORKERS: Readonly<
  Record<SparkName, (inputs: EngineInputs, vcpuSeconds: number, windowSeconds: number) => Workers>
> = {
  emr: (inputs, vcpuSeconds, windowSeconds) => {
    const { emrDriverVcpus, emrDriverGb, emrExecutorVcpus, emrExecutorGb, sparkRunShare } = inputs;
    const executors = Math.max(1, Math.ceil(vcpuSeconds / (windowSeconds * sparkRunShare) / emrExecutorVcpus));
    const vcpus = executors * emrExecutorVcpus;
    return {
      vcpus,
      hourly: [
        { id: 'emr-vcpus', label: 'EMR Serverless: vCPUs', price: 'emr-vcpu-hour', quantity: emrDriverVcpus + vcpus },
        {
          id: 'emr-memory',
          label: 'EMR Serverless: memory',
          price: 'emr-gb-hour',
          quantity: emrDriverGb + executors * emrExecutorGb,
        },
      ],
      billingMinimumSeconds: inputs.emrBillingMinimumSeconds,
    };
  },
  glue: (inputs, vcpuSeconds, windowSeconds) => {
    const { glueLeastDpus, glueVcpusPerDpu, sparkRunShare } = inputs;
    const asked = 1 + Math.ceil(vcpuSeconds / (windowSeconds * sparkRunShare) / glueVcpusPerDpu);
    const dpus = Math.max(glueLeastDpus, asked);
    return {
      vcpus: Math.max(1, dpus - 1) * glueVcpusPerDpu,
      hourly: [{ id: 'glue-dpus', label: 'Glue: DPUs', price: 'glue-dpu-hour', quantity: dpus }],
      billingMinimumSeconds: inputs.glueBillingMinimumSeconds,
    };
  },
};
