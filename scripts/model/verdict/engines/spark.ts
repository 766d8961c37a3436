import type { Use } from '#model/cost/term.ts';
import type { Deployment } from '#model/deployment.ts';
import type { ModelParameters } from '#model/parameters.ts';
import { planAwake } from '#model/timing/awake.ts';
import { planSchedule } from '#model/timing/schedule.ts';
import { countRows } from '#model/workload/keys.ts';
import { bytesPerSecond, type Workload } from '#model/workload/workload.ts';
import { ENGINE_LABELS, type EngineInputs, type SparkName } from './engine-inputs.ts';
import type { EnginePlan } from './engine-plan.ts';

const HOUR_SECONDS = 3_600;

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
export function planSpark(
  engine: SparkName,
  parameters: ModelParameters,
  inputs: EngineInputs,
  workload: Workload,
  deployment: Deployment,
): EnginePlan {
  const { windowSeconds, shards } = deployment;
  const events = workload.eventsPerSecond * windowSeconds;
  const workers = WORKERS[engine](inputs, events / inputs.sparkEventsPerSecondPerVcpu, windowSeconds);
  const countSeconds = events / inputs.sparkEventsPerSecondPerVcpu / workers.vcpus;
  const readSeconds = (bytesPerSecond(workload) * windowSeconds) / shards / parameters.shardReadBytesPerSecond;
  const busySeconds = Math.max(countSeconds, readSeconds);
  const startUpSeconds = inputs.sparkStartUpSeconds;
  const billedStartUpSeconds = Math.min(startUpSeconds, inputs.sparkBilledStartUpSeconds);
  const billedSeconds = Math.max(workers.billingMinimumSeconds, billedStartUpSeconds + busySeconds);
  const runs = (parameters.hoursPerMonth * HOUR_SECONDS) / windowSeconds;
  const billedHours = runs * (billedSeconds / HOUR_SECONDS);
  const writeSeconds = (parameters.databaseMsPerFreshRow * countRows(workload.keys, events)) / 1_000;
  const awake = planAwake(parameters, workload, deployment, writeSeconds);
  const runSeconds = startUpSeconds + busySeconds + awake.resumeSeconds;
  const firesSeconds = deployment.tickSeconds === 0 ? 0 : parameters.tickDelaySeconds;
  return {
    uses: [
      ...workers.hourly.map((use): Use => ({ ...use, owner: 'shared', quantity: use.quantity * billedHours })),
      ...ticks(engine, runs),
    ],
    awake,
    finalitySeconds: planSchedule(deployment).dueSeconds + firesSeconds + runSeconds,
    runSeconds,
  };
}

/** One for each run: a tick starts the job itself, so none may come while nothing is due. */
function ticks(engine: SparkName, runs: number): Use[] {
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
