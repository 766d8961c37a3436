import { type Awake, acuWhileAwake } from '../model/awake.ts';
import { type Deployment, runsMicroBatch, runsScheduledBatch } from '../model/deployment.ts';
import { ASSUMPTIONS } from '../model/parameters.ts';
import type { PathEffort } from '../model/path-effort.ts';
import { databaseCpuMs, GB, walBytes } from './path-uses.ts';
import type { Owner, Use } from './term.ts';

const HOUR_SECONDS = 3_600;
const DAYS_PER_MONTH = ASSUMPTIONS.hoursPerMonth / 24;
const FREE_BACKUP_DAYS = 1;

/**
 * The database that a month's work of the paths needs. A shared one is charged for the load alone.
 *
 * @param efforts what the paths do in a month
 */
export function databaseUses(efforts: readonly PathEffort[], deployment: Deployment, awake: Awake): Use[] {
  const owner = ownerOfDatabase(deployment);
  const storedGb = storageGb(efforts, deployment);
  const use = (id: string, label: string, price: Use['price'], quantity: number): Use => ({
    id: `database-${id}`,
    label: `Database: ${label}`,
    owner,
    price,
    quantity,
  });
  return [
    use('compute', 'compute', 'aurora-acu-hour', acuHours(efforts, deployment, awake)),
    use('storage', 'storage', 'aurora-storage-gb-month', storedGb),
    use('backup', 'backups', 'aurora-backup-gb-month', backupGb(efforts, deployment, storedGb)),
  ];
}

function acuHours(efforts: readonly PathEffort[], deployment: Deployment, awake: Awake): number {
  const hours = ASSUMPTIONS.hoursPerMonth;
  const busyMs = databaseCpuMs(efforts);
  if (deployment.regime === 'shared') return (busyMs / 1_000 / HOUR_SECONDS) * ASSUMPTIONS.acuPerCore;
  const busyMsPerSecond = busyMs / (hours * HOUR_SECONDS);
  return hours * awake.share * acuWhileAwake(busyMsPerSecond, awake.share, deployment.acuAwake);
}

function storageGb(efforts: readonly PathEffort[], { regime, monthsKept }: Deployment): number {
  const { bytesPerRow, bytesPerLedgerRow, emptyDatabaseGb } = ASSUMPTIONS;
  const monthly = sum(efforts.map(({ rowsFresh, commits }) => rowsFresh * bytesPerRow + commits * bytesPerLedgerRow));
  return (regime === 'shared' ? 0 : emptyDatabaseGb) + (monthly * monthsKept) / GB;
}

/** Changes are kept for the retention time; up to the volume's size, and a single day, are free. */
function backupGb(efforts: readonly PathEffort[], { backupDays }: Deployment, storedGb: number): number {
  if (backupDays <= FREE_BACKUP_DAYS) return 0;
  const changedGb = (sum(efforts.map(walBytes)) / GB / DAYS_PER_MONTH) * backupDays;
  return Math.max(0, changedGb - storedGb);
}

function ownerOfDatabase(deployment: Deployment): Owner {
  if (!runsScheduledBatch(deployment)) return 'micro-batch';
  return runsMicroBatch(deployment) ? 'shared' : 'scheduled-batch';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
