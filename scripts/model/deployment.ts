import { BOTH_PATHS, PATH_NAMES, type Path } from '#functions/contract.ts';
import {
  amount,
  type Infer,
  type ObjectSchema,
  object,
  oneOf,
  orNull,
  record,
  type Schema,
  size,
} from '#text/schema.ts';

/** Values of the stack's context `paths`. */
export const PATHS_CHOICES = ['both', ...PATH_NAMES] as const;
export type Paths = (typeof PATHS_CHOICES)[number];

/** Regimes of the database: the stack's own that may pause, its own that is always awake, or a shared one that others pay for. */
export const REGIMES = ['auto-pause', 'always-on', 'shared'] as const;
export type Regime = (typeof REGIMES)[number];

/** The settings of a deployment that affect its cost or its delays. */
export const DEPLOYMENT = object(
  {
    paths: oneOf(PATHS_CHOICES, 'which paths are deployed'),
    windowSeconds: size('s', 'size of the window'),
    boundSeconds: amount('s', 'how far the watermark stays behind the greatest event time'),
    marginSeconds: amount('s', 'time that the batch waits beyond window end + bound'),
    shards: size('shards', 'shards of the stream'),
    retentionHours: size('h', 'how long the stream keeps a record'),
    batchSize: size('records', 'most records in a micro-batch'),
    batchingWindowSeconds: amount('s', 'how long the mapping fills a micro-batch'),
    batchIntervalSeconds: orNull(size('s', 'how often the batch runs; a multiple of the window'), 'once per window'),
    tickSeconds: amount(
      's',
      'interval of the scheduler’s ticks; 0: the batch is called when a window is due, as in a benchmark',
    ),
    memoryMb: size('MB', 'memory of each function'),
    regime: oneOf(REGIMES, 'database: the stack’s own that may pause, its own that is always awake, or a shared one'),
    autoPauseSeconds: amount('s', 'idle time after which the database pauses'),
    acuAwake: amount('ACU', 'least capacity of the database while awake; it is more where the load needs it'),
    readHoursPerDay: amount('h', 'hours per day with readers, who keep the database awake'),
    monthsKept: amount('months', 'age of the oldest window and ledger row; nothing deletes them'),
    endpointZones: amount('zones', 'zones with an interface endpoint for Kinesis'),
    functionZones: amount('zones', 'zones that the functions run in'),
    dashboards: amount('dashboards', 'CloudWatch dashboards'),
    alarmMetrics: amount('metrics', 'metrics with an alarm'),
    customMetrics: amount('metrics', 'custom metrics'),
    backupDays: amount('days', 'how long backups are kept'),
  },
  'deployment',
);
export type Deployment = Infer<typeof DEPLOYMENT>;

/** Alarm metrics, custom metrics and endpoint zones of the deployed paths. Each path emits five metrics and has its own alarms. */
const COUNTED: Readonly<Record<Paths, Pick<Deployment, 'alarmMetrics' | 'customMetrics' | 'endpointZones'>>> = {
  both: { alarmMetrics: 23, customMetrics: 10, endpointZones: 2 },
  'micro-batch': { alarmMetrics: 15, customMetrics: 5, endpointZones: 1 },
  'scheduled-batch': { alarmMetrics: 12, customMetrics: 5, endpointZones: 2 },
};

/** The default deployment of the stack. */
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

/** Owners of a line of the bill: one path, or both together. */
export const OWNERS = ['shared', ...PATH_NAMES] as const;
export type Owner = (typeof OWNERS)[number];

/** Owner of parts that a stack has once: the path that is deployed alone, or both together. */
export function ownerOf({ paths }: Pick<Deployment, 'paths'>): Owner {
  return paths === 'both' ? 'shared' : paths;
}

export function runsMicroBatch({ paths }: Pick<Deployment, 'paths'>): boolean {
  return paths !== 'scheduled-batch';
}

export function runsScheduledBatch({ paths }: Pick<Deployment, 'paths'>): boolean {
  return paths !== 'micro-batch';
}

/** Changes the deployed paths. Alarms, metrics and endpoint zones follow the paths; a number that was set lower stays. */
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

/** An object with the same field for each path. */
export function ofBothPaths<Value>(schema: Schema<Value>, meaning = ''): ObjectSchema<Record<Path, Schema<Value>>> {
  return record(BOTH_PATHS, schema, meaning);
}

/** Most records that an event source mapping gives to one invocation; AWS documentation. */
export const MOST_BATCH_RECORDS = 10_000;

/** Longest batching window that Lambda allows, s; AWS documentation. */
export const MOST_BATCHING_WINDOW_SECONDS = 300;
