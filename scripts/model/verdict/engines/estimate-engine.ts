import { linesOf, type PathLines, pathUses } from '#model/cost/path-uses.ts';
import { databaseUses, standingUses, streamUses } from '#model/cost/stack-uses.ts';
import { priceUse, sortTerms, type Term, type Use, usdOf } from '#model/cost/term.ts';
import type { Model } from '#model/model.ts';
import { NO_EFFORT, type PathEffort } from '#model/timing/effort.ts';
import type { PlanInputs } from '#model/timing/plan-inputs.ts';
import { neededRetentionHours, planSchedule } from '#model/timing/schedule.ts';
import { deployAlone } from '../deploy-alone.ts';
import { weighDelay } from '../objective.ts';
import type { PreparedScenario } from '../scenario.ts';
import { ENGINE_LABELS, type EngineInputs, type EngineName, STANDARD_INPUTS } from './engine-inputs.ts';
import { type EnginePlan, planEngine } from './plan-engine.ts';

const HOUR_SECONDS = 3_600;

const lines = (engine: EngineName): PathLines => linesOf('shared', engine, ENGINE_LABELS[engine]);
const LINES: Readonly<Record<EngineName, PathLines>> = {
  flink: lines('flink'),
  emr: lines('emr'),
  glue: lines('glue'),
};

/** A line of an engine's bill; all of it is the engine's. */
export type EngineTerm = Omit<Term, 'owner'>;

/** An engine in place of the paths, on the same stream and database, at the same load. Modelled, nothing of it is measured on AWS. */
export type EngineEstimate = {
  readonly engine: EngineName;
  readonly windowSeconds: number;
  /** USD a month, everything that the paths are charged for too. */
  readonly costUsd: number;
  readonly freshnessSeconds: number;
  readonly finalitySeconds: number;
  /** What the scenario's reader waits: freshness, or finality. */
  readonly delaySeconds: number;
  /** Cost + value of freshness × delay in minutes. */
  readonly objectiveUsd: number;
  readonly awakeShare: number;
  /** From asking for a run to its end, s; null for an engine that is always on. */
  readonly runSeconds: number | null;
  /** Whether a run is over before the next begins. */
  readonly possible: boolean;
  /** Largest first. */
  readonly terms: readonly EngineTerm[];
};

/** An engine's cost and delays without its bill, as far as it takes to compare it. */
export type JudgedEngine = Omit<EngineEstimate, 'terms'>;

/**
 * What stands beside the scheduled batch stands beside an engine too: network, alarms, metrics, dashboard. All three write a
 * window's rows once, when it is final, so an event waits for its window's end, half a window in the mean, and then for finality.
 */
export function estimateEngine(
  model: Model,
  scenario: PreparedScenario,
  windowSeconds: number,
  engine: EngineName,
  inputs: EngineInputs = STANDARD_INPUTS,
): EngineEstimate {
  const { uses, ...judged } = useEngine(model, scenario, windowSeconds, engine, inputs);
  const terms = uses.map((use) => priceUse(model.prices, use)).filter(({ costUsd }) => costUsd > 0);
  return { ...judged, terms: sortTerms(terms).map(({ owner: _, ...term }) => term) };
}

/** The same without the bill: a search asks for the sums of hundreds of windows. */
export function judgeEngine(
  model: Model,
  scenario: PreparedScenario,
  windowSeconds: number,
  engine: EngineName,
  inputs: EngineInputs,
): JudgedEngine {
  const { uses: _, ...judged } = useEngine(model, scenario, windowSeconds, engine, inputs);
  return judged;
}

function useEngine(
  { parameters, prices }: Model,
  scenario: PreparedScenario,
  windowSeconds: number,
  engine: EngineName,
  inputs: EngineInputs,
): JudgedEngine & { readonly uses: readonly Use[] } {
  const deployment = deployAlone(scenario, 'scheduled-batch', windowSeconds, null);
  const planInputs = { parameters, workload: scenario.workload, deployment };
  const plan = planEngine(engine, planInputs, inputs);
  const { finalitySeconds, runSeconds } = plan;
  const uses = listUses(engine, planInputs, plan);
  const costUsd = uses.reduce((sum, use) => sum + usdOf(prices, use), 0);
  const freshnessSeconds = windowSeconds / 2 + finalitySeconds;
  return {
    engine,
    windowSeconds,
    ...weighDelay(costUsd, { freshnessSeconds, finalitySeconds }, scenario),
    awakeShare: plan.awake.share,
    runSeconds,
    possible: runSeconds === null || runSeconds <= windowSeconds,
    uses,
  };
}

function listUses(engine: EngineName, planInputs: PlanInputs, { uses, awake }: EnginePlan): Use[] {
  const { parameters, deployment } = planInputs;
  const hours = parameters.hoursPerMonth;
  const seconds = hours * HOUR_SECONDS;
  const effort = effortOf(planInputs, seconds);
  // What is always on reads records as they come; a run's have to be kept for it, as the scheduled batch's are.
  const neededHours =
    engine === 'flink' ? deployment.retentionHours : neededRetentionHours(deployment, planSchedule(deployment));
  return [
    ...uses,
    ...streamUses(planInputs, { hours, loadSeconds: seconds, neededHours }),
    ...standingUses(planInputs),
    ...databaseUses(planInputs, [effort], awake),
    // Of a path's own uses only what it writes and reads is left: the effort has no invocation, duration or tick.
    ...pathUses(planInputs, LINES[engine], effort),
  ];
}

/** Each final row once, and one commit a window, whose books are taken to be as long as ours. */
function effortOf({ workload, deployment }: PlanInputs, seconds: number): PathEffort {
  const { windowSeconds } = deployment;
  const windows = seconds / windowSeconds;
  const rows = workload.countRows(workload.eventsPerSecond * windowSeconds) * windows;
  return {
    ...NO_EFFORT,
    commits: windows,
    rowsWritten: rows,
    rowsFresh: rows,
    bytesRead: workload.bytesPerSecond * seconds,
    recordsRead: workload.recordsPerSecond * seconds,
  };
}
