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

/** A line of an engine's bill. It has no owner, as the engine pays all of it. */
export type EngineTerm = Omit<Term, 'owner'>;

/** An engine in place of the paths, on the same stream and database, at the same load. Everything is modelled, nothing measured on AWS. */
export type EngineEstimate = {
  readonly engine: EngineName;
  readonly windowSeconds: number;
  /** Cost of the whole stack with the engine, USD/month. */
  readonly costUsd: number;
  readonly freshnessSeconds: number;
  readonly finalitySeconds: number;
  /** Delay of the scenario's reader, s: freshness or finality. */
  readonly delaySeconds: number;
  /** Cost + value of freshness × delay in minutes, USD/month. */
  readonly objectiveUsd: number;
  readonly awakeShare: number;
  /** Time from the start request of a run to its end, s; null for an engine that is always on. */
  readonly runSeconds: number | null;
  /** True if a run ends before the next one begins. */
  readonly possible: boolean;
  /** Lines of the bill, largest first. */
  readonly terms: readonly EngineTerm[];
};

/** An engine's figures without its bill; a comparison needs no more. */
export type JudgedEngine = Omit<EngineEstimate, 'terms'>;

/**
 * Estimates an engine with the same network, alarms, metrics and dashboard as the scheduled batch. All three engines write a window's
 * rows once, when it is final. So an event waits for its window's end, on average half a window, and then for finality.
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

/** Estimates an engine without its bill, since a search needs the sums of hundreds of windows. */
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
  // An engine that is always on reads records as they come. A run needs them kept, as the scheduled batch does.
  const neededHours =
    engine === 'flink' ? deployment.retentionHours : neededRetentionHours(deployment, planSchedule(deployment));
  return [
    ...uses,
    ...streamUses(planInputs, { hours, loadSeconds: seconds, neededHours }),
    ...standingUses(planInputs),
    ...databaseUses(planInputs, [effort], awake),
    // The effort has no invocations, duration or ticks, so only reading and writing are left of a path's uses.
    ...pathUses(planInputs, LINES[engine], effort),
  ];
}

/** An engine writes each final row once and commits once per window. Its checkpoint is assumed to be as long as ours. */
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
