import type { Deployment } from '../model/deployment.ts';
import { ASSUMPTIONS } from '../model/parameters.ts';
import type { PathEffort } from '../model/path-effort.ts';
import type { Owner, Use } from './term.ts';

export const GB = 2 ** 30;
const IO_BYTES = 4_096;

/** What a path uses by working: the function, its logs, and what it reads and writes. */
export function pathUses(owner: Owner, effort: PathEffort, deployment: Deployment): Use[] {
  const { invocations, gbSeconds, ticks } = effort;
  const name = owner === 'micro-batch' ? 'Micro-batch' : 'Scheduled batch';
  const use = (id: string, label: string, price: Use['price'], quantity: number): Use => ({
    id: `${owner}-${id}`,
    label: `${name}: ${label}`,
    owner,
    price,
    quantity,
  });
  const uses = [
    use('duration', 'Lambda duration', 'lambda-gb-second-arm64', gbSeconds),
    use('requests', 'Lambda requests', 'lambda-request', invocations),
    use('logs', 'logs', 'log-gb', (invocations * ASSUMPTIONS.logBytesPerInvocation) / GB),
    use('io', 'database I/O', 'aurora-io', walBytes(effort) / IO_BYTES),
    use('transfer', 'statements between zones', 'zone-transfer-gb', zoneTransferGb(effort, deployment)),
  ];
  if (owner !== 'scheduled-batch') return uses;
  return [
    ...uses,
    use('ticks', 'schedule', 'scheduler-invocation', ticks),
    use('events', 'success events', 'eventbridge-event', ticks),
    use('endpoint', 'reading through the endpoint', 'endpoint-gb', endpointGb(effort)),
  ];
}

export function walBytes({ rowsFresh, rowsWritten, commits }: PathEffort): number {
  const { walBytesPerFreshRow, walBytesPerUpdatedRow, walBytesPerStatement } = ASSUMPTIONS;
  const updated = rowsWritten - rowsFresh;
  return walBytesPerFreshRow * rowsFresh + walBytesPerUpdatedRow * updated + walBytesPerStatement * commits;
}

/** CPU time that the paths' rows take in the database; the rest of a statement is waiting. */
export function databaseCpuMs(efforts: readonly PathEffort[]): number {
  return efforts.reduce((sum, { rowsWritten }) => sum + ASSUMPTIONS.databaseMsPerRow * rowsWritten, 0);
}

function endpointGb({ bytesRead, recordsRead }: PathEffort): number {
  const { wireBytesPerByte, wireBytesPerRecord } = ASSUMPTIONS;
  return (bytesRead * wireBytesPerByte + recordsRead * wireBytesPerRecord) / GB;
}

/** Functions run in every zone and the writer in one: what crosses is paid in both directions. To an endpoint it is free. */
function zoneTransferGb({ rowsWritten }: PathEffort, { functionZones }: Deployment): number {
  const DIRECTIONS = 2;
  return DIRECTIONS * (1 - 1 / functionZones) * ((rowsWritten * ASSUMPTIONS.statementBytesPerRow) / GB);
}
