import { describe, expect, it } from 'vitest';
import { type Chunk, planChunks } from '#bench/experiments/phases/calibration-chunks.ts';

const plan = (seed = 1, hosts = 200) => planChunks({ seed, hosts });
const recordsOf = ({ events, eventsPerRecord }: Chunk) => Math.ceil(events / eventsPerRecord);
const sizesOf = (chunks: readonly Chunk[]) => chunks.map(({ events }) => events);

describe('planChunks', () => {
  it('measures chunks from 300 to 12,000 events, each size in three packings', () => {
    const { measured } = plan();
    expect(measured).toHaveLength(24);
    expect([Math.min(...sizesOf(measured)), Math.max(...sizesOf(measured))]).toEqual([300, 12_000]);
    const kinds = new Set(measured.map(({ events, eventsPerRecord }) => `${events} by ${eventsPerRecord}`));
    expect(kinds.size).toBe(24);
    expect(new Set(measured.map(({ eventsPerRecord }) => eventsPerRecord))).toEqual(new Set([1, 4, 32, 128]));
    expect(Math.max(...measured.map(recordsOf))).toBeLessThanOrEqual(5_000);
  });

  it("varies the hosts around the load's, whatever the size and the packing", () => {
    const { measured } = plan();
    for (const key of ['events', 'eventsPerRecord'] as const) {
      const hostsBy = new Map<number, Set<number>>();
      for (const chunk of measured) {
        hostsBy.set(chunk[key], (hostsBy.get(chunk[key]) ?? new Set()).add(chunk.hosts));
      }
      for (const [value, hosts] of hostsBy) {
        if (value !== 4) expect([...hosts].sort((a, b) => a - b)).toEqual([20, 200, 1_000]);
      }
    }
  });

  it('has a host at least, and no more than make a difference', () => {
    const hostsOf = (hosts: number) => new Set(plan(1, hosts).measured.map((chunk) => chunk.hosts));
    expect(hostsOf(1)).toEqual(new Set([1, 5]));
    expect(hostsOf(10_000_000)).toEqual(new Set([100_000]));
    expect(plan(1, 10_000_000).warmUp.map(({ hosts }) => hosts)).toEqual([100_000, 100_000]);
  });

  it('warms up first, in front of what is measured', () => {
    const { warmUp, measured } = plan();
    expect(sizesOf(warmUp)).toEqual([12_000, 4_150]);
    const ends = [...warmUp, ...measured].map(({ startMs, durationMs }) => [startMs, startMs + durationMs]);
    for (const [i, [startMs]] of ends.entries()) expect(startMs).toBe(ends[i - 1]?.[1] ?? 0);
  });

  it('puts two chunks into each window, of which the first begins with it', () => {
    const { measured } = plan();
    expect(measured.map(({ startMs }) => startMs % 60_000)).toEqual(measured.map((_, i) => (i % 2) * 30_000));
  });

  it('shuffles by the seed: the same for the same one', () => {
    expect(plan(7)).toEqual(plan(7));
    expect(sizesOf(plan(7).measured)).not.toEqual(sizesOf(plan(8).measured));
    expect(sizesOf(plan(7).measured).sort()).toEqual(sizesOf(plan(8).measured).sort());
  });
});
