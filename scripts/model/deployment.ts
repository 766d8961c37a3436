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

/** Which paths are deployed, as the stack's context says it. */
export const PATHS_CHOICES = ['both', ...PATH_NAMES] as const;
export type Paths = (typeof PATHS_CHOICES)[number];

/** Whose database it is: its own and allowed to pause, its own and always awake, or one that others pay for and share. */
export const REGIMES = ['auto-pause', 'always-on', 'shared'] as const;
export type Regime = (typeof REGIMES)[number];

/** What is deployed, as far as it costs something. */
export const DEPLOYMENT = object(
  {
    paths: oneOf(PATHS_CHOICES, 'which paths are deployed'),
    windowSeconds: size('s', 'size of the window'),
    boundSeconds: amount('s', 'how far the watermark stays behind the greatest event time'),
    marginSeconds: amount('s', 'what the batch waits beyond window end + bound'),
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
    regime: oneOf(REGIMES, 'whose database it is: its own and allowed to pause, its own and always awake, or shared'),
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

/** Alarm metrics and custom metrics by what is deployed: each path emits five, and has alarms of its own. */
const COUNTED: Readonly<Record<Paths, Pick<Deployment, 'alarmMetrics' | 'customMetrics' | 'endpointZones'>>> = {
  both: { alarmMetrics: 23, customMetrics: 10, endpointZones: 2 },
  'micro-batch': { alarmMetrics: 15, customMetrics: 5, endpointZones: 1 },
  'scheduled-batch': { alarmMetrics: 12, customMetrics: 5, endpointZones: 2 },
};

/** The stack's defaults. */
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

/** Who needs a part: both paths, or one of them alone. */
export const OWNERS = ['shared', ...PATH_NAMES] as const;
export type Owner = (typeof OWNERS)[number];

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

/** An object with the same field for each path. */
export function ofBothPaths<Value>(schema: Schema<Value>, meaning = ''): ObjectSchema<Record<Path, Schema<Value>>> {
  return record(BOTH_PATHS, schema, meaning);
}

/** Records that an event source mapping hands to one invocation at most; AWS documentation. */
export const MOST_BATCH_RECORDS = 10_000;

/** The longest batching window that Lambda allows, s. */
export const MOST_BATCHING_WINDOW_SECONDS = 300;
