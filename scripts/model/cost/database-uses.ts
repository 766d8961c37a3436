import { type Deployment, ownerOf } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import { type Awake, acuWhileAwake } from '../timing/awake.ts';
import type { PathEffort } from '../timing/path-effort.ts';
import { databaseCpuMs, GB, walBytes } from './path-uses.ts';
import type { StackUse } from './term.ts';

const HOUR_SECONDS = 3_600;
const FREE_BACKUP_DAYS = 1;

/**
 * The database that a month's work of the paths needs. A shared one is charged for the load alone.
 *
 * @param efforts what the paths do in a month
 */
export function databaseUses(
  parameters: ModelParameters,
  efforts: readonly PathEffort[],
  deployment: Deployment,
  awake: Awake,
): StackUse[] {
  const owner = ownerOf(deployment);
  const storedGb = storageGb(parameters, efforts, deployment);
  return [
    {
      id: 'database-compute',
      label: 'Database: compute',
      phrase: 'database (compute)',
      owner,
      price: 'aurora-acu-hour',
      quantity: acuHours(parameters, efforts, deployment, awake),
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
      quantity: backupGb(parameters, efforts, deployment, storedGb),
    },
  ];
}

function acuHours(
  parameters: ModelParameters,
  efforts: readonly PathEffort[],
  deployment: Deployment,
  awake: Awake,
): number {
  const hours = parameters.hoursPerMonth;
  const busyMs = databaseCpuMs(parameters, efforts);
  if (deployment.regime === 'shared') return (busyMs / 1_000 / HOUR_SECONDS) * parameters.acuPerCore;
  const busyMsPerSecond = busyMs / (hours * HOUR_SECONDS);
  return hours * awake.share * acuWhileAwake(parameters, busyMsPerSecond, awake.share, deployment.acuAwake);
}

function storageGb(
  parameters: ModelParameters,
  efforts: readonly PathEffort[],
  { regime, monthsKept }: Deployment,
): number {
  const { bytesPerRow, bytesPerLedgerRow, emptyDatabaseGb } = parameters;
  const monthly = sum(efforts.map(({ rowsFresh, commits }) => rowsFresh * bytesPerRow + commits * bytesPerLedgerRow));
  return (regime === 'shared' ? 0 : emptyDatabaseGb) + (monthly * monthsKept) / GB;
}

/** Changes are kept for the retention time; up to the volume's size, and a single day, are free. */
function backupGb(
  parameters: ModelParameters,
  efforts: readonly PathEffort[],
  { backupDays }: Deployment,
  storedGb: number,
): number {
  if (backupDays <= FREE_BACKUP_DAYS) return 0;
  const daysPerMonth = parameters.hoursPerMonth / 24;
  const changedGb = (sum(efforts.map((effort) => walBytes(parameters, effort))) / GB / daysPerMonth) * backupDays;
  return Math.max(0, changedGb - storedGb);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
