import { createRandom, type Random, toUnit } from '../../../../scripts/load/random.ts';
import type { PathFigures, PathReport, Report, Slice } from '../../../../scripts/report/report.ts';
import type { Distribution } from '../../../../scripts/stats/percentiles.ts';
import { EXACT_REPORT } from '../../../support/report.ts';

/** How runs of the same scatter, as standard deviations of logarithms: of a whole run, of one of its slices. */
export type Scatter = {
  readonly time: { readonly run: number; readonly slice: number };
  readonly cpu: { readonly run: number; readonly slice: number };
};

/** A little more than was seen of eight runs on a shared machine of 2 cores. */
export const SHARED_MACHINE: Scatter = {
  time: { run: 0.02, slice: 0.06 },
  cpu: { run: 0.16, slice: 0.5 },
};

const SLICES = 10;
/** CPU falls as code gets warm, in every run alike. */
const WARMING = [4, 2, 1.4, 1, 0.8, 0.7, 0.6, 0.6, 0.5, 0.5];
const POLL_MS = 1_000;

/** Reports of one experiment after the other, all of the same true values, which scatter; each has as many live runs. */
export function createSimulation(seed: number, liveRuns: number, scatter = SHARED_MACHINE): () => Report {
  const normal = createNormal(createWarm(seed));
  const uniform = createWarm(seed + 1);
  let runs = 0;
  return () => {
    const live = Array.from({ length: liveRuns }, () => simulateRun(normal, uniform, scatter));
    const [first] = live;
    if (first === undefined) throw new Error('A simulation needs a live run');
    return {
      ...EXACT_REPORT,
      digest: `simulated${runs + 1}`,
      run: { ...EXACT_REPORT.run, id: `simulated${++runs}` },
      paths: first,
      repeats: live.map((paths) => ({ run: EXACT_REPORT.run, exact: true, paths })),
    };
  };
}

function simulateRun(normal: () => number, uniform: Random, scatter: Scatter): Report['paths'] {
  const { microBatch, scheduledBatch } = EXACT_REPORT.paths;
  const move = { time: Math.exp(scatter.time.run * normal()), cpu: Math.exp(scatter.cpu.run * normal()) };
  return {
    microBatch: simulatePath(microBatch, move, normal, scatter, toUnit(uniform()) * POLL_MS),
    scheduledBatch: simulatePath(scheduledBatch, move, normal, scatter, 0),
  };
}

function simulatePath(
  path: PathReport,
  move: { readonly time: number; readonly cpu: number },
  normal: () => number,
  scatter: Scatter,
  phaseMs: number,
): PathReport {
  const times = Array.from({ length: SLICES }, () => move.time * Math.exp(scatter.time.slice * normal()));
  const efforts = WARMING.map((warm) => warm * move.cpu * Math.exp(scatter.cpu.slice * normal()));
  const [time, effort] = [meanOf(times), meanOf(efforts)];
  const figures: PathFigures = {
    ...path,
    freshnessMs: scale(path.freshnessMs, time),
    endToEndMs: scale(path.endToEndMs, time),
    finalityMs: scale(path.finalityMs, move.time, phaseMs),
    invocations: path.invocations + Math.round(normal() / 2),
    rowsWritten: path.rowsWritten * Math.exp(0.005 * normal()),
    cpuMs: path.cpuMs * effort,
    billedDurationMs: (path.billedDurationMs ?? 0) * effort,
  };
  const slices = path.slices.map(
    (slice, i): Slice => ({
      ...slice,
      freshnessMs: scale(slice.freshnessMs, times[i] ?? 1),
      cpuMs: slice.cpuMs * (efforts[i] ?? 1),
      rowsWritten: slice.rowsWritten * Math.exp(0.02 * normal()),
      invocations: slice.invocations * Math.exp(0.05 * normal()),
    }),
  );
  return { ...path, ...figures, slices };
}

function scale(distribution: Distribution | null, factor: number, plus = 0): Distribution | null {
  if (distribution === null) return null;
  const { p50, p95, p99, max, mean, count } = distribution;
  const to = (value: number): number => value * factor + plus;
  return { p50: to(p50), p95: to(p95), p99: to(p99), max: to(max), mean: to(mean), count };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The first numbers after a small seed are small themselves. */
function createWarm(seed: number): Random {
  const random = createRandom(seed);
  for (let i = 0; i < 100; i++) random();
  return random;
}

/** After Box and Muller. */
function createNormal(random: Random): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - toUnit(random()))) * Math.cos(2 * Math.PI * toUnit(random()));
}
