import { estimateMonthlyCost, type MonthlyCost } from '#model/cost/monthly-cost.ts';
import { type Deployment, defaultDeployment, PATHS_CHOICES, type Paths } from '#model/deployment.ts';
import type { Model } from '#model/model.ts';
import { PARAMETERS, type Parameter, type ParameterName } from '#model/parameters.ts';
import { planDeployment } from '#model/plan/plan-deployment.ts';
import { regionOf } from '#model/prices/parse-price-table.ts';
import {
  type PreparedWorkload,
  prepareWorkload,
  SHARD_LOAD,
  shardsNeeded,
  type Workload,
} from '#model/workload/workload.ts';
import { estimateSavings, type Saving } from './measures.ts';

/** One choice of paths and window, at rest and under load. */
export type OverviewRow = {
  readonly paths: Paths;
  readonly windowSeconds: number;
  readonly awakeShare: number;
  readonly idleUsd: number;
  readonly loadUsd: number;
  /** Cost under the same load with one event a record, and the shards that this load needs. */
  readonly unpackedUsd: number;
  readonly unpackedShards: number;
};

export type CostReport = {
  /** Null where the prices are of several regions. */
  readonly region: string | null;
  readonly cost: MonthlyCost & { readonly deployment: Deployment; readonly workload: Workload };
  /** Shards that this load needs to stay below SHARD_LOAD. */
  readonly shardsNeeded: number;
  readonly overview: readonly OverviewRow[];
  readonly savings: readonly Saving[];
  /** Every parameter of the model, with its value. */
  readonly assumptions: Readonly<Record<ParameterName, Parameter>>;
};

const OVERVIEW_WINDOWS_SECONDS = [300, 3_600];

/** Builds the cost report of one load on one deployment. */
export function buildCostReport(model: Model, workload: Workload, deployment: Deployment): CostReport {
  const { parameters, prices } = model;
  const prepared = prepareWorkload(workload);
  const windows = [...new Set([...OVERVIEW_WINDOWS_SECONDS, deployment.windowSeconds])].sort((a, b) => a - b);
  return {
    region: regionOf(model.prices),
    cost: { deployment, workload, ...estimateMonthlyCost(prices, planDeployment(parameters, prepared, deployment)) },
    shardsNeeded: shardsNeeded(workload, SHARD_LOAD),
    overview: PATHS_CHOICES.flatMap((paths) =>
      windows.map((windowSeconds) =>
        overviewRow(model, prepared, { ...deployment, ...choice(paths, deployment), windowSeconds }),
      ),
    ),
    savings: estimateSavings(model, { workload: prepared, deployment }),
    assumptions: describeParameters(model),
  };
}

function describeParameters({ parameters }: Model): CostReport['assumptions'] {
  const described = Object.entries(PARAMETERS).map(([name, parameter]) => {
    return [name, { ...parameter, value: parameters[name as ParameterName] }];
  });
  return Object.fromEntries(described) as CostReport['assumptions'];
}

function choice(paths: Paths, deployment: Deployment): Partial<Deployment> {
  if (paths === deployment.paths) return {};
  const { alarmMetrics, customMetrics, endpointZones } = defaultDeployment(paths);
  return { paths, alarmMetrics, customMetrics, endpointZones };
}

function overviewRow({ parameters, prices }: Model, workload: PreparedWorkload, deployment: Deployment): OverviewRow {
  const unpacked = prepareWorkload({ ...workload, eventsPerRecord: 1 }, workload.countRows);
  const unpackedShards = Math.max(deployment.shards, shardsNeeded(unpacked, SHARD_LOAD));
  const priceOf = (given: PreparedWorkload, shards: number): MonthlyCost =>
    estimateMonthlyCost(prices, planDeployment(parameters, given, { ...deployment, shards }));
  const { totalUsd, idleUsd, awakeShare } = priceOf(workload, deployment.shards);
  return {
    paths: deployment.paths,
    windowSeconds: deployment.windowSeconds,
    awakeShare,
    idleUsd,
    loadUsd: totalUsd,
    unpackedUsd: priceOf(unpacked, unpackedShards).totalUsd,
    unpackedShards,
  };
}
