import { type Coefficients, predictMs } from '#model/fit/coefficients.ts';
import type { Sample } from '#model/fit/samples.ts';
import { createRandom, toUnit } from '#model/statistics/random.ts';

export type Simulation = {
  readonly count: number;
  readonly seed: number;
  /** What an invocation takes in truth. */
  readonly truth: Coefficients;
  /** Standard deviation of the logarithm of its factor on the truth. */
  readonly noise?: number;
  /** Every so manyth invocation takes five times as long. */
  readonly outlierEach?: number;
};

/** Warm invocations of 300 to 12,000 events, packed 1, 32 or 128 to a record, over a few thousand keys. */
export function simulateLedger({ count, seed, truth, noise = 0, outlierEach }: Simulation): Sample[] {
  const random = createRandom(seed);
  const unit = (): number => toUnit(random());
  return Array.from({ length: count }, (_, index) => {
    const events = Math.round(300 * 40 ** unit());
    const rows = Math.round(2_000 * -Math.expm1(-events / 2_000));
    const rowsFresh = Math.round(rows * unit());
    const size = {
      events,
      records: Math.ceil(events / ([1, 32, 128][index % 3] ?? 1)),
      rowsFresh,
      rowsUpdated: rows - rowsFresh,
    };
    const normal = Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
    const isOutlier = outlierEach !== undefined && index % outlierEach === outlierEach - 1;
    const cpuMs = predictMs(truth, size) * Math.exp(noise * normal) * (isOutlier ? 5 : 1);
    return { ...size, cold: false, cpuMs, databaseWaitMs: 4 + 0.014 * rows, windows: null };
  });
}
