import { PATH_NAMES, type PathName } from './path-name.ts';

/** Which paths are deployed, as the stack's context says it. */
export const PATHS_CHOICES = ['both', ...PATH_NAMES] as const;
export type Paths = (typeof PATHS_CHOICES)[number];

/** Whose database it is: its own and allowed to pause, its own and always awake, or one that others pay for and share. */
export const REGIMES = ['auto-pause', 'always-on', 'shared'] as const;
export type Regime = (typeof REGIMES)[number];

/** What is deployed, as far as it costs something. The defaults are those of the stack. */
export type Deployment = {
  readonly paths: Paths;
  readonly windowSeconds: number;
  readonly boundSeconds: number;
  readonly marginSeconds: number;
  readonly shards: number;
  readonly retentionHours: number;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** How often the scheduled batch runs; null: once a window. Of m windows: a run reads m windows. */
  readonly batchIntervalSeconds: number | null;
  /** What the scheduler's ticks are whole numbers of; 0: the batch is called when a window is due, as a benchmark does. */
  readonly tickSeconds: number;
  readonly memoryMb: number;
  readonly regime: Regime;
  readonly autoPauseSeconds: number;
  /** ACU while awake, at least; more where the load needs it. */
  readonly acuAwake: number;
  /** Hours a day in which somebody reads, which keeps the database awake. */
  readonly readHoursPerDay: number;
  /** Months for which windows and ledger have been kept; nothing deletes them. */
  readonly monthsKept: number;
  /** Zones with an interface endpoint for Kinesis. */
  readonly endpointZones: number;
  readonly functionZones: number;
  readonly dashboards: number;
  readonly alarmMetrics: number;
  readonly customMetrics: number;
  readonly backupDays: number;
};

/** Alarm metrics and custom metrics by what is deployed: each path emits five, and has alarms of its own. */
const COUNTED: Readonly<Record<Paths, Pick<Deployment, 'alarmMetrics' | 'customMetrics' | 'endpointZones'>>> = {
  both: { alarmMetrics: 23, customMetrics: 10, endpointZones: 2 },
  'micro-batch': { alarmMetrics: 15, customMetrics: 5, endpointZones: 1 },
  'scheduled-batch': { alarmMetrics: 12, customMetrics: 5, endpointZones: 2 },
};

export function defaultDeployment(paths: Paths): Deployment {
  return {
    paths,
    windowSeconds: 300,
    boundSeconds: 15,
    marginSeconds: 2,
    shards: 1,
    retentionHours: 24,
    batchSize: 1_000,
    batchingWindowSeconds: 0,
    batchIntervalSeconds: null,
    tickSeconds: 60,
    memoryMb: 1_024,
    regime: 'auto-pause',
    autoPauseSeconds: 300,
    acuAwake: 0.5,
    readHoursPerDay: 0,
    monthsKept: 1,
    functionZones: 2,
    dashboards: 1,
    backupDays: 7,
    ...COUNTED[paths],
  };
}

/** Whom a part is for: what either path needs, or one path alone. */
export type Owner = 'shared' | PathName;

/** Whose what stands once a stack is: the path's that stands alone, or of both together. */
export function ownerOf({ paths }: Pick<Deployment, 'paths'>): Owner {
  return paths === 'both' ? 'shared' : paths;
}

export function runsMicroBatch({ paths }: Pick<Deployment, 'paths'>): boolean {
  return paths !== 'scheduled-batch';
}

export function runsScheduledBatch({ paths }: Pick<Deployment, 'paths'>): boolean {
  return paths !== 'micro-batch';
}

/** The same with these paths alone. Alarms, metrics and endpoint zones come with the paths; fewer of them by choice stay fewer. */
export function deployPaths(deployment: Deployment, paths: Paths): Deployment {
  if (deployment.paths === paths) return deployment;
  const { alarmMetrics, customMetrics, endpointZones } = defaultDeployment(paths);
  return {
    ...deployment,
    paths,
    alarmMetrics: Math.min(alarmMetrics, deployment.alarmMetrics),
    customMetrics: Math.min(customMetrics, deployment.customMetrics),
    endpointZones: Math.min(endpointZones, deployment.endpointZones),
  };
}
