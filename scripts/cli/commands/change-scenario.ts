import type { GivenSpark } from '#model/verdict/engines/test-rule.ts';
import type { Scenario } from '#model/verdict/scenario.ts';
import { withHosts } from '#model/workload/keys.ts';
import type { ThresholdOptions } from './threshold.ts';

const SECOND = 1_000;

/** A report's scenario with what the command line says otherwise. */
export function changeScenario(scenario: Scenario, options: Omit<ThresholdOptions, 'report' | 'json'>): Scenario {
  const { workload, deployment } = scenario;
  const { rate, hosts, eventBytes, eventsPerRecord, bound, memory, acu, autoPause, readHours } = options;
  return {
    ...scenario,
    workload: {
      ...workload,
      eventsPerSecond: rate ?? workload.eventsPerSecond,
      eventBytes: eventBytes ?? workload.eventBytes,
      eventsPerRecord: eventsPerRecord ?? workload.eventsPerRecord,
      keys: hosts === undefined ? workload.keys : withHosts(workload.keys, hosts),
    },
    deployment: {
      ...deployment,
      regime: options.database ?? deployment.regime,
      boundSeconds: toSeconds(bound) ?? deployment.boundSeconds,
      memoryMb: memory ?? deployment.memoryMb,
      acuAwake: acu ?? deployment.acuAwake,
      autoPauseSeconds: toSeconds(autoPause) ?? deployment.autoPauseSeconds,
      readHoursPerDay: readHours ?? deployment.readHoursPerDay,
    },
    reader: options.reads ?? scenario.reader,
    freshnessUsd: options.freshnessValue ?? scenario.freshnessUsd,
    windowsSeconds: options.windows?.map((ms) => ms / SECOND) ?? scenario.windowsSeconds,
    batchingWindowsSeconds: options.batchingWindows?.map((ms) => ms / SECOND) ?? scenario.batchingWindowsSeconds,
  };
}

/** What the command line says of Spark, which is no part of a scenario. */
export function sparkOf({
  sparkStart,
  billingMinimum,
}: Pick<ThresholdOptions, 'sparkStart' | 'billingMinimum'>): GivenSpark {
  return {
    ...(sparkStart === undefined ? {} : { startUpSeconds: sparkStart / SECOND }),
    ...(billingMinimum === undefined ? {} : { billingMinimumSeconds: billingMinimum / SECOND }),
  };
}

function toSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / SECOND;
}
