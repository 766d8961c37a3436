import type { Use } from '#model/cost/term.ts';
import { ALWAYS, type Awake, planAwake } from '#model/timing/awake.ts';
import type { PlanInputs } from '#model/timing/plan-inputs.ts';
import { planSchedule } from '#model/timing/schedule.ts';
import { ENGINE_LABELS, type EngineInputs, type EngineName, type SparkName } from './engine-inputs.ts';

const HOUR_SECONDS = 3_600;

/** An engine's uses of a month, without stream and database, and its effect on the database's awake time. */
export type EnginePlan = {
  readonly uses: readonly Use[];
  readonly awake: Awake;
  /** Mean time from a window's end to its rows in the database, s. */
  readonly finalitySeconds: number;
  /** Time from the start request of a run to its end, s; null for an engine that is always on. */
  readonly runSeconds: number | null;
};

export function planEngine(engine: EngineName, planInputs: PlanInputs, inputs: EngineInputs): EnginePlan {
  return engine === 'flink' ? planFlink(planInputs, inputs) : planSpark(engine, planInputs, inputs);
}

/**
 * Plans a job that is always on and writes each window once, when the watermark has passed it. The job keeps its connection open, so
 * the database never pauses.
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

/** Workers of a run, and their uses for one hour. */
type Workers = {
  readonly vcpus: number;
  readonly hourly: readonly Omit<Use, 'owner'>[];
  readonly billingMinimumSeconds: number;
};

/**
 * Plans one run per window on the schedule of the scheduled batch. A run starts, reads the window from the stream and writes each row
 * once; the database wakes for the writing.
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

/** One tick per run: a tick starts the job itself, so there are no idle ticks. */
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
