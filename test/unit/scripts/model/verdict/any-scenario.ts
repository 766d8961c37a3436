import fc from 'fast-check';
import { defaultDeployment, REGIMES } from '#model/deployment.ts';
import { createScenario, READERS } from '#model/verdict/scenario.ts';
import { withHosts } from '#model/workload/keys.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';

/** Evenly over the orders of magnitude, ends included. */
function anyMagnitude(least: number, most: number): fc.Arbitrary<number> {
  const between = fc
    .noBias(fc.integer({ min: 0, max: 1_000 }))
    .map((step) => Math.min(most, Math.round(least * (most / least) ** (step / 1_000))));
  return fc.oneof({ weight: 1, arbitrary: fc.constantFrom(least, most) }, { weight: 5, arbitrary: between });
}

/** Whole minutes up to a day, small ones as often as large ones. */
export const anyWindow = anyMagnitude(1, 1_440).map((minutes) => minutes * 60);

/** Every scenario that the sliders lead to. */
export const anyScenario = fc
  .record({
    eventsPerSecond: anyMagnitude(1, 10_000_000),
    hosts: anyMagnitude(1, 10_000_000),
    eventsPerRecord: fc.constantFrom(1, 32, 128),
    regime: fc.constantFrom(...REGIMES),
    reader: fc.constantFrom(...READERS),
    freshnessUsd: fc.oneof(fc.constant(0), anyMagnitude(1, 1_000)),
    windowSeconds: anyWindow,
  })
  .map(({ eventsPerSecond, hosts, eventsPerRecord, regime, reader, freshnessUsd, windowSeconds }) =>
    createScenario({
      workload: { ...GENERATED_LOAD, eventsPerSecond, eventsPerRecord, keys: withHosts(GENERATED_LOAD.keys, hosts) },
      deployment: { ...defaultDeployment('both'), regime },
      reader,
      freshnessUsd,
      windowsSeconds: [60, windowSeconds, 86_400],
    }),
  );
