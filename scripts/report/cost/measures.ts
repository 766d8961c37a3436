import { estimateMonthlyCost, type MonthlyCost } from '#model/cost/monthly-cost.ts';
import { type Deployment, deployPaths, type Paths } from '#model/deployment.ts';
import type { Model } from '#model/model.ts';
import { STANDARD } from '#model/parameters.ts';
import { planDeployment } from '#model/plan/plan-deployment.ts';
import { type PreparedWorkload, prepareWorkload, type Workload } from '#model/workload/workload.ts';

type Setting = { readonly workload: PreparedWorkload; readonly deployment: Deployment };

/** One way to pay less: its name, how to do it, and the changed setting. */
type Measure = { readonly what: string; readonly how: string; readonly apply: (setting: Setting) => Setting };

export type Saving = {
  readonly what: string;
  readonly how: string;
  /** Saving, USD a month; below 0 if the measure costs more. */
  readonly idleUsd: number;
  readonly loadUsd: number;
};

const HOUR_SECONDS = 3_600;
const WEEK_DAYS = 7;
const DAYS_PER_MONTH = STANDARD.hoursPerMonth / 24;

const MEASURES: readonly Measure[] = [
  {
    what: 'Only the scheduled batch',
    how: '-c paths=scheduled-batch',
    apply: (setting) => withPaths(setting, 'scheduled-batch'),
  },
  { what: 'Only micro-batches', how: '-c paths=micro-batch', apply: (setting) => withPaths(setting, 'micro-batch') },
  { what: 'Windows of an hour', how: '-c window=3600', apply: (setting) => hourly(setting) },
  {
    what: 'Only the scheduled batch, by the hour',
    how: '-c paths=scheduled-batch -c window=3600',
    apply: (setting) => hourly(withPaths(setting, 'scheduled-batch')),
  },
  {
    what: 'A database that is there anyway',
    how: '-c database=external -c databaseSecret=<ARN>',
    apply: (setting) => withDeployment(setting, { regime: 'shared' }),
  },
  {
    what: 'Micro-batches of a minute',
    how: '-c batchingWindow=60 -c batchSize=10000',
    apply: (setting) => withDeployment(setting, { batchingWindowSeconds: 60, batchSize: 10_000 }),
  },
  {
    what: 'Records that fill for a second',
    how: 'producer: send a record after 1 s, not 100 ms',
    apply: (setting) => withProducer(setting, { lingerSeconds: 1 }),
  },
  {
    what: 'Records of eight partition keys',
    how: 'producer: 8 keys for all events, not 64',
    apply: (setting) => withProducer(setting, { partitionKeys: 8 }),
  },
  {
    what: 'The endpoint in one zone',
    how: 'infra: one subnet; the batch stands still while that zone does',
    apply: (setting) => withDeployment(setting, { endpointZones: 1 }),
  },
  {
    what: 'No dashboard',
    how: 'infra: leave it out',
    apply: (setting) => withDeployment(setting, { dashboards: 0 }),
  },
  {
    what: 'No metrics of our own',
    how: 'infra: leave them out; nothing then tells that the paths drift apart',
    apply: (setting) => withDeployment(setting, { customMetrics: 0 }),
  },
  {
    what: 'Backups of a day',
    how: 'infra: backup retention of 1 day',
    apply: (setting) => withDeployment(setting, { backupDays: 1 }),
  },
  {
    what: 'Windows and ledger of a week',
    how: 'delete older rows; nothing else does',
    apply: (setting) => withDeployment(setting, { monthsKept: WEEK_DAYS / DAYS_PER_MONTH }),
  },
];

const LEAST_SAVING_USD = 0.005;

/** Savings of each measure alone, greatest first. Measures that save nothing are left out. */
export function estimateSavings({ parameters, prices }: Model, setting: Setting): Saving[] {
  const priceOf = ({ workload, deployment }: Setting): MonthlyCost =>
    estimateMonthlyCost(prices, planDeployment(parameters, workload, deployment));
  const before = priceOf(setting);
  return MEASURES.map(({ what, how, apply }) => {
    const after = priceOf(apply(setting));
    return { what, how, idleUsd: before.idleUsd - after.idleUsd, loadUsd: before.totalUsd - after.totalUsd };
  })
    .filter(({ idleUsd, loadUsd }) => Math.max(idleUsd, loadUsd) >= LEAST_SAVING_USD)
    .sort((a, b) => b.loadUsd - a.loadUsd || b.idleUsd - a.idleUsd);
}

function withDeployment({ workload, deployment }: Setting, change: Partial<Deployment>): Setting {
  return { workload, deployment: { ...deployment, ...change } };
}

/** The keys stay, and with them the rows that events touch. */
function withProducer(
  { workload, deployment }: Setting,
  change: Pick<Partial<Workload>, 'lingerSeconds' | 'partitionKeys'>,
): Setting {
  return { workload: prepareWorkload({ ...workload, ...change }, workload.countRows), deployment };
}

function hourly(setting: Setting): Setting {
  return withDeployment(setting, { windowSeconds: Math.max(HOUR_SECONDS, setting.deployment.windowSeconds) });
}

function withPaths({ workload, deployment }: Setting, paths: Paths): Setting {
  return { workload, deployment: deployment.paths === 'both' ? deployPaths(deployment, paths) : deployment };
}
