import { databaseUses } from '#model/cost/database-uses.ts';
import { linesOf, type PathLines, pathUses } from '#model/cost/path-uses.ts';
import { standingUses } from '#model/cost/standing-uses.ts';
import { streamUses } from '#model/cost/stream-uses.ts';
import { priceUse, sortTerms, type Term, totalUsd, type Use } from '#model/cost/term.ts';
import type { Deployment } from '#model/deployment.ts';
import { retentionHoursOf } from '#model/limits/retention.ts';
import type { Model } from '#model/model.ts';
import type { ModelParameters } from '#model/parameters.ts';
import { NO_EFFORT, type PathEffort } from '#model/timing/path-effort.ts';
import { countRows } from '#model/workload/keys.ts';
import { bytesPerSecond, recordsPerSecond, type Workload } from '#model/workload/workload.ts';
import { deployAlone } from '../deploy-alone.ts';
import type { Scenario } from '../scenario.ts';
import { ENGINE_LABELS, type EngineInputs, type EngineName, STANDARD_INPUTS } from './engine-inputs.ts';
import type { EnginePlan } from './engine-plan.ts';
import { planFlink } from './flink.ts';
import { planSpark } from './spark.ts';

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

/**
 * What stands beside the scheduled batch stands beside an engine too: network, alarms, metrics, dashboard. All three write a
 * window's rows once, when it is final, so an event waits for its window's end, half a window in the mean, and then for finality.
 */
export function estimateEngine(
  model: Model,
  scenario: Scenario,
  windowSeconds: number,
  engine: EngineName,
  inputs: EngineInputs = STANDARD_INPUTS,
): EngineEstimate {
  const { parameters, prices } = model;
  const { workload, reader, freshnessUsd } = scenario;
  const deployment = deployAlone(scenario, 'scheduled-batch', windowSeconds, null);
  const plan = planEngine(engine, parameters, inputs, workload, deployment);
  const terms = listUses(engine, parameters, workload, deployment, plan)
    .map((use) => priceUse(prices, use))
    .filter(({ costUsd }) => costUsd > 0);
  const costUsd = totalUsd(terms);
  const { finalitySeconds } = plan;
  const freshnessSeconds = windowSeconds / 2 + finalitySeconds;
  const delaySeconds = reader === 'partial' ? freshnessSeconds : finalitySeconds;
  return {
    engine,
    windowSeconds,
    costUsd,
    freshnessSeconds,
    finalitySeconds,
    delaySeconds,
    objectiveUsd: costUsd + (freshnessUsd * delaySeconds) / 60,
    awakeShare: plan.awake.share,
    runSeconds: plan.runSeconds,
    possible: plan.runSeconds === null || plan.runSeconds <= windowSeconds,
    terms: sortTerms(terms).map(({ owner: _, ...term }) => term),
  };
}

function planEngine(
  engine: EngineName,
  parameters: ModelParameters,
  inputs: EngineInputs,
  workload: Workload,
  deployment: Deployment,
): EnginePlan {
  return engine === 'flink'
    ? planFlink(parameters, inputs, workload, deployment)
    : planSpark(engine, parameters, inputs, workload, deployment);
}

function listUses(
  engine: EngineName,
  parameters: ModelParameters,
  workload: Workload,
  deployment: Deployment,
  { uses, awake }: EnginePlan,
): Use[] {
  const hours = parameters.hoursPerMonth;
  const seconds = hours * HOUR_SECONDS;
  const effort = effortOf(workload, deployment, seconds);
  // What is always on reads records as they come; a run's have to be kept for it, as the scheduled batch's are.
  const neededHours = engine === 'flink' ? deployment.retentionHours : retentionHoursOf(deployment);
  return [
    ...uses,
    ...streamUses(parameters, workload, deployment, { hours, loadSeconds: seconds, neededHours }),
    ...standingUses(parameters, deployment),
    ...databaseUses(parameters, [effort], deployment, awake),
    // Of a path's own uses only what it writes and reads is left: the effort has no invocation, duration or tick.
    ...pathUses(parameters, LINES[engine], effort, deployment),
  ];
}

/** Each final row once, and one commit a window, whose books are taken to be as long as ours. */
function effortOf(workload: Workload, { windowSeconds }: Deployment, seconds: number): PathEffort {
  const windows = seconds / windowSeconds;
  const rows = countRows(workload.keys, workload.eventsPerSecond * windowSeconds) * windows;
  return {
    ...NO_EFFORT,
    commits: windows,
    rowsWritten: rows,
    rowsFresh: rows,
    bytesRead: bytesPerSecond(workload) * seconds,
    recordsRead: recordsPerSecond(workload) * seconds,
  };
}
