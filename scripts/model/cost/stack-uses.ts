import { ownerOf, runsMicroBatch, runsScheduledBatch } from '../deployment.ts';
import { type Awake, acuWhileAwake } from '../timing/awake.ts';
import type { PathEffort } from '../timing/effort.ts';
import { databaseCpuMs } from '../timing/function-time.ts';
import type { PlanInputs } from '../timing/plan-inputs.ts';
import { FREE_RETENTION_HOURS } from '../timing/schedule.ts';
import { GB, walBytes } from './path-uses.ts';
import type { StackUse } from './term.ts';

const HOUR_SECONDS = 3_600;
const FREE_BACKUP_DAYS = 1;
/** Number of alarms on the stack's own database. */
const DATABASE_ALARM_METRICS = 1;

type StackInputs = Pick<PlanInputs, 'parameters' | 'deployment'>;

/** Lifetime, load and retention of a stream. */
export type StreamTime = {
  readonly hours: number;
  /** Length of the load, s. */
  readonly loadSeconds: number;
  /** Retention that the readers need, h. */
  readonly neededHours: number;
};

/** Uses of the stream, which both paths read. */
export function streamUses(
  { parameters, workload, deployment }: PlanInputs,
  { hours, loadSeconds, neededHours }: StreamTime,
): StackUse[] {
  const { shards, retentionHours } = deployment;
  // The producer, the mapping and the batch each ask for the data key again while events flow.
  const askers = 1 + Number(runsMicroBatch(deployment)) + Number(runsScheduledBatch(deployment));
  const keyRequests = workload.eventsPerSecond > 0 ? parameters.kmsRequestsPerHour * hours * askers : 0;
  const putUnits = workload.putUnitsPerSecond * loadSeconds;
  const keptLonger = neededHours > FREE_RETENTION_HOURS ? shards * hours : 0;
  const owner = 'shared';
  return [
    {
      id: 'stream-shards',
      label: 'Stream: shards',
      phrase: 'stream (shards)',
      owner,
      price: 'kinesis-shard-hour',
      quantity: shards * hours,
    },
    {
      id: 'stream-puts',
      label: 'Stream: PUT units',
      phrase: 'stream (PUT units)',
      owner,
      price: 'kinesis-put-unit',
      quantity: putUnits,
    },
    {
      id: 'stream-retention',
      label: 'Stream: kept beyond 24 h',
      phrase: 'stream (kept beyond 24 h)',
      // Only a batch of long windows needs more than the configured retention, so that path owns the line.
      owner: neededHours > retentionHours ? ownerOf(deployment) : owner,
      price: 'kinesis-retention-shard-hour',
      quantity: keptLonger,
    },
    {
      id: 'stream-keys',
      label: 'Stream: key requests',
      phrase: 'stream (key requests)',
      owner,
      price: 'kms-request',
      quantity: keyRequests,
    },
  ];
}

/** Uses that a month costs at any load, as long as the stack exists. */
export function standingUses({ parameters, deployment }: StackInputs): StackUse[] {
  const { regime, endpointZones, alarmMetrics, customMetrics, dashboards } = deployment;
  // With a shared database, the stack has a secret with its address, but no endpoint and no alarm on its capacity.
  const elsewhere = regime === 'shared';
  const watched = elsewhere ? Math.max(0, alarmMetrics - DATABASE_ALARM_METRICS) : alarmMetrics;
  const owner = ownerOf(deployment);
  return [
    {
      id: 'endpoint-zones',
      label: 'Kinesis endpoint, per zone',
      phrase: 'Kinesis endpoint',
      owner,
      price: 'endpoint-hour',
      quantity: elsewhere ? 0 : endpointZones * parameters.hoursPerMonth,
    },
    {
      id: 'metrics',
      label: 'Custom metrics',
      phrase: 'custom metrics',
      owner,
      price: 'metric-month',
      quantity: customMetrics,
    },
    {
      id: 'alarms',
      label: 'Alarms, per metric',
      phrase: 'alarms',
      owner,
      price: 'alarm-metric-month',
      quantity: watched,
    },
    {
      id: 'dashboard',
      label: 'Dashboard',
      phrase: 'dashboard',
      owner: 'shared',
      price: 'dashboard-month',
      quantity: dashboards,
    },
    {
      id: 'secret',
      label: 'Database: its secret',
      phrase: 'database (its secret)',
      owner,
      price: 'secret-month',
      quantity: elsewhere ? 1 : 0,
    },
  ];
}

/**
 * Uses of the database in a month. A shared database is charged only for the load.
 *
 * @param efforts work of the paths in a month
 */
export function databaseUses(inputs: StackInputs, efforts: readonly PathEffort[], awake: Awake): StackUse[] {
  const { deployment } = inputs;
  const owner = ownerOf(deployment);
  const storedGb = storageGb(inputs, efforts);
  return [
    {
      id: 'database-compute',
      label: 'Database: compute',
      phrase: 'database (compute)',
      owner,
      price: 'aurora-acu-hour',
      quantity: acuHours(inputs, efforts, awake),
    },
    {
      id: 'database-storage',
      label: 'Database: storage',
      phrase: 'database (storage)',
      owner,
      price: 'aurora-storage-gb-month',
      quantity: storedGb,
    },
    {
      id: 'database-backup',
      label: 'Database: backups',
      phrase: 'database (backups)',
      owner,
      price: 'aurora-backup-gb-month',
      quantity: backupGb(inputs, efforts, storedGb),
    },
  ];
}

function acuHours({ parameters, deployment }: StackInputs, efforts: readonly PathEffort[], awake: Awake): number {
  const hours = parameters.hoursPerMonth;
  const busyMs = databaseCpuMs(parameters, efforts);
  if (deployment.regime === 'shared') return (busyMs / 1_000 / HOUR_SECONDS) * parameters.acuPerCore;
  const busyMsPerSecond = busyMs / (hours * HOUR_SECONDS);
  return hours * awake.share * acuWhileAwake(parameters, busyMsPerSecond, awake.share, deployment.acuAwake);
}

function storageGb({ parameters, deployment }: StackInputs, efforts: readonly PathEffort[]): number {
  const { regime, monthsKept } = deployment;
  const { bytesPerRow, bytesPerLedgerRow, emptyDatabaseGb } = parameters;
  const monthly = sum(efforts.map(({ rowsFresh, commits }) => rowsFresh * bytesPerRow + commits * bytesPerLedgerRow));
  return (regime === 'shared' ? 0 : emptyDatabaseGb) + (monthly * monthsKept) / GB;
}

/** Size of billed backups. Changes are kept for the retention time; one day, and as much as the volume's size, are free. */
function backupGb({ parameters, deployment }: StackInputs, efforts: readonly PathEffort[], storedGb: number): number {
  const { backupDays } = deployment;
  if (backupDays <= FREE_BACKUP_DAYS) return 0;
  const daysPerMonth = parameters.hoursPerMonth / 24;
  const changedGb = (sum(efforts.map((effort) => walBytes(parameters, effort))) / GB / daysPerMonth) * backupDays;
  return Math.max(0, changedGb - storedGb);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
