import type { ModelParameters } from '#model/parameters.ts';
import type { Distribution } from '#model/statistics/percentiles.ts';
import { createRandom, type Random, toUnit } from '#model/statistics/random.ts';
import { prepareScenario } from '#model/verdict/scenario.ts';
import { decide } from '#model/verdict/verdict.ts';
import { modelOf } from '#report/definition/model-of.ts';
import type { DrainReport, PathFigures, PathReport, Report, Slice } from '#report/definition/report.ts';
import { wordVerdict } from '#report/words/word-verdict.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

/** How runs of the same scatter, as standard deviations of logarithms: of a whole run, of one of its slices. */
export type Scatter = {
  readonly time: { readonly run: number; readonly slice: number };
  readonly cpu: { readonly run: number; readonly slice: number };
  /** Of a run's 99th percentile, beside what moves all of its times. */
  readonly worst: number;
  /** Of how long a drain takes. */
  readonly drain: number;
  /** Of the CPU that is fitted to a path, from which cost and threshold follow. */
  readonly fit: number;
};

/** A little more than was seen of eight runs on a shared machine of 2 cores; of drains and fits nothing was: there it is assumed. */
export const SHARED_MACHINE: Scatter = {
  time: { run: 0.02, slice: 0.06 },
  cpu: { run: 0.16, slice: 0.5 },
  worst: 0.055,
  drain: 0.04,
  fit: 0.16,
};

const SLICES = 10;
/** CPU falls as code gets warm, in every run alike. */
const WARMING = [4, 2, 1.4, 1, 0.8, 0.7, 0.6, 0.6, 0.5, 0.5];
const POLL_MS = 1_000;
/** An hour's, say: beside a drain of a second or two, the second that its mapping's poll may take hides everything. */
const LONGER = 30;
const FITS = 8;

/** Reports of one experiment after the other, all of the same true values, which scatter; each has as many live runs. */
export function createSimulation(seed: number, liveRuns: number, scatter = SHARED_MACHINE): () => Report {
  const normal = createNormal(createWarm(seed));
  const uniform = createWarm(seed + 1);
  const fits = fitsOf(scatter.fit);
  let runs = 0;
  return () => {
    const live = Array.from({ length: liveRuns }, () => simulateRun(normal, uniform, scatter));
    const [first] = live;
    if (first === undefined) throw new Error('A simulation needs a live run');
    return {
      ...EXACT_REPORT,
      ...fits[Math.floor(toUnit(uniform()) * fits.length)],
      drains: EXACT_REPORT.drains.map((drain) => simulateDrain(drain, normal, uniform, scatter.drain)),
      digest: `simulated${runs + 1}`,
      run: { ...EXACT_REPORT.run, id: `simulated${++runs}` },
      paths: first,
      repeats: live.map((paths) => ({ run: EXACT_REPORT.run, exact: true, paths })),
    };
  };
}

type Fitted = Pick<Report, 'model' | 'verdict'>;
const SCENARIO = prepareScenario(EXACT_REPORT.scenario);
const FITTED = new Map<number, readonly Fitted[]>();

/** What was fitted, and the verdict by it; a few of them, since a verdict takes a while. */
function fitsOf(scatter: number): readonly Fitted[] {
  const made = FITTED.get(scatter);
  if (made !== undefined) return made;
  const normal = createNormal(createWarm(FITS));
  const fits = Array.from({ length: FITS }, () => fitAnew(normal, scatter));
  FITTED.set(scatter, fits);
  return fits;
}

function fitAnew(normal: () => number, scatter: number): Fitted {
  const moves = { microBatchCpu: Math.exp(scatter * normal()), scheduledBatchCpu: Math.exp(scatter * normal()) };
  const moved = Object.entries(EXACT_REPORT.model.parameters).map(([name, value]): [string, number] => {
    const move = Object.entries(moves).find(([path]) => name.startsWith(path))?.[1] ?? 1;
    return [name, value * move];
  });
  const model = { ...EXACT_REPORT.model, parameters: Object.fromEntries(moved) as ModelParameters };
  return {
    model,
    verdict: wordVerdict(decide(modelOf({ ...EXACT_REPORT, model }), SCENARIO)),
  };
}

/** Where its seconds begin is chance, on top of how long it takes. */
function simulateDrain(drain: DrainReport, normal: () => number, uniform: Random, scatter: number): DrainReport {
  const last = (durationMs: number): number =>
    LONGER * durationMs * Math.exp(scatter * normal()) + toUnit(uniform()) * POLL_MS;
  const { cold, warm, catchUp } = drain;
  const durationMs = last(catchUp.durationMs);
  return {
    ...drain,
    cold: cold && { ...cold, durationMs: last(cold.durationMs) },
    warm: { ...warm, durationMs: last(warm.durationMs) },
    catchUp: { ...catchUp, durationMs, eventsPerSecond: (LONGER * catchUp.events * 1_000) / durationMs },
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
  const [time, effort, worst] = [meanOf(times), meanOf(efforts), Math.exp(scatter.worst * normal())];
  const figures: PathFigures = {
    ...path,
    freshnessMs: scale(path.freshnessMs, time, 0, worst),
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
      freshnessMs: scale(slice.freshnessMs, times[i] ?? 1, 0, worst),
      cpuMs: slice.cpuMs * (efforts[i] ?? 1),
      rowsWritten: slice.rowsWritten * Math.exp(0.02 * normal()),
      invocations: slice.invocations * Math.exp(0.05 * normal()),
    }),
  );
  return { ...path, ...figures, slices };
}

/** @param worst by which the 99th percentile is another one, beside the rest */
function scale(distribution: Distribution | null, factor: number, plus = 0, worst = 1): Distribution | null {
  if (distribution === null) return null;
  const { p50, p95, p99, max, mean, count } = distribution;
  const to = (value: number): number => value * factor + plus;
  return { p50: to(p50), p95: to(p95), p99: worst * to(p99), max: to(max), mean: to(mean), count };
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
