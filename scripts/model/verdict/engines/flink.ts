import type { Use } from '#model/cost/term.ts';
import type { Deployment } from '#model/deployment.ts';
import type { ModelParameters } from '#model/parameters.ts';
import type { Workload } from '#model/workload/workload.ts';
import type { EngineInputs } from './engine-inputs.ts';
import type { EnginePlan } from './engine-plan.ts';

/**
 * A job that is always on and writes each window once, when its watermark has passed. It keeps its connection, so a database that
 * may pause never does.
 */
export function planFlink(
  parameters: ModelParameters,
  inputs: EngineInputs,
  { eventsPerSecond }: Workload,
  { boundSeconds }: Deployment,
): EnginePlan {
  const kpus = Math.max(1, Math.ceil(eventsPerSecond / (inputs.flinkEventsPerSecondPerKpu * inputs.flinkLoadShare)));
  return {
    uses: [
      use('kpus', 'KPUs', 'flink-kpu-hour', kpus * parameters.hoursPerMonth),
      use('orchestration', 'orchestration', 'flink-kpu-hour', inputs.flinkOrchestrationKpus * parameters.hoursPerMonth),
      use('storage', 'running storage', 'flink-storage-gb-month', kpus * inputs.flinkStorageGbPerKpu),
    ],
    awake: { share: 1, resumeSeconds: 0, microBatchResumeSeconds: 0 },
    finalitySeconds: boundSeconds + inputs.flinkEmitSeconds,
    runSeconds: null,
  };
}

function use(id: string, label: string, price: Use['price'], quantity: number): Use {
  return { id: `flink-${id}`, label: `Flink: ${label}`, owner: 'shared', price, quantity };
}
