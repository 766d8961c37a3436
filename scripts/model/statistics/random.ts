import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of unsigned 32-bit integers. */
export type Random = () => number;

/** Creates a source whose sequence depends only on the lower 32 bits of the seed, on every machine. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return () => generator.next() >>> 0;
}

/** Maps an unsigned 32-bit integer to [0, 1). */
export function toUnit(uint32: number): number {
  return uint32 / 0x1_0000_0000;
}
