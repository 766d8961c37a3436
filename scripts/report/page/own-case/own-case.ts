import type { Regime } from '#model/deployment.ts';
import type { Reader, Scenario } from '#model/verdict/scenario.ts';
import { type Keys, withHosts } from '#model/workload/keys.ts';

/** What a reader of the page can change of the report's scenario. */
export type OwnCase = {
  readonly eventsPerSecond: number;
  readonly hosts: number;
  readonly windowSeconds: number;
  readonly reader: Reader;
  readonly regime: Regime;
  /** USD a month for each minute of mean delay. */
  readonly freshnessUsd: number;
};

/** The report's own. */
export function caseOf({ workload, deployment, reader, freshnessUsd }: Scenario): OwnCase {
  return {
    eventsPerSecond: workload.eventsPerSecond,
    hosts: workload.keys.hosts,
    windowSeconds: deployment.windowSeconds,
    reader,
    regime: deployment.regime,
    freshnessUsd,
  };
}

export function isSameCase(one: OwnCase, other: OwnCase): boolean {
  return (Object.keys(one) as (keyof OwnCase)[]).every((name) => one[name] === other[name]);
}

/**
 * Makes scenarios of cases, as the threshold command makes them of its options; a window of one's own is the only one that is judged,
 * so that the sentence speaks of it. Keys that were made once are kept, since what the model derives of them takes time.
 */
export function createScenarios(base: Scenario): (own: OwnCase) => Scenario {
  const keysByHosts = new Map<number, Keys>([[base.workload.keys.hosts, base.workload.keys]]);
  return (own) => {
    const keys = keysByHosts.get(own.hosts) ?? withHosts(base.workload.keys, own.hosts);
    keysByHosts.set(own.hosts, keys);
    return {
      ...base,
      workload: { ...base.workload, eventsPerSecond: own.eventsPerSecond, keys },
      deployment: { ...base.deployment, regime: own.regime },
      windowsSeconds: own.windowSeconds === base.deployment.windowSeconds ? base.windowsSeconds : [own.windowSeconds],
      reader: own.reader,
      freshnessUsd: own.freshnessUsd,
    };
  };
}
