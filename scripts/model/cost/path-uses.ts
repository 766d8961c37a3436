import type { Deployment, Owner } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import { databaseRowsMs } from '../timing/function-time.ts';
import type { PathEffort } from '../timing/path-effort.ts';
import { type Line, type StackUse, type Use, useOf } from './term.ts';

export const GB = 2 ** 30;
const IO_BYTES = 4_096;

/** The lines of a path's bill, or of an engine's in its place. */
export type PathLines = ReturnType<typeof linesOf>;

/** Made once, not once a bill: verdicts make bills by the thousand. */
export const PATH_LINES = {
  'micro-batch': linesOf('micro-batch', 'micro-batch', 'Micro-batch'),
  'scheduled-batch': linesOf('scheduled-batch', 'scheduled-batch', 'Scheduled batch'),
} as const;

/**
 * @param key that their ids begin with
 * @param name that their labels begin with
 */
export function linesOf(owner: Owner, key: string, name: string) {
  const line = (id: string, phrase: string, price: Use['price']): Line => ({
    id: `${key}-${id}`,
    label: `${name}: ${phrase}`,
    phrase,
    owner,
    price,
  });
  return {
    owner,
    duration: line('duration', 'Lambda duration', 'lambda-gb-second-arm64'),
    requests: line('requests', 'Lambda requests', 'lambda-request'),
    logs: line('logs', 'logs', 'log-gb'),
    io: line('io', 'database I/O', 'aurora-io'),
    transfer: line('transfer', 'statements between zones', 'zone-transfer-gb'),
    ticks: line('ticks', 'schedule', 'scheduler-invocation'),
    events: line('events', 'success events', 'eventbridge-event'),
    endpoint: line('endpoint', 'reading through the endpoint', 'endpoint-gb'),
    secret: line('secret', 'reading the secret', 'secret-request'),
  };
}

/** What a path uses by working: the function, its logs, and what it reads and writes. */
export function pathUses(
  parameters: ModelParameters,
  lines: PathLines,
  effort: PathEffort,
  deployment: Deployment,
): StackUse[] {
  const { invocations, gbSeconds, ticks, successEvents, connections } = effort;
  // A database elsewhere is reached without a network of the stack's own.
  const elsewhere = deployment.regime === 'shared';
  const uses = [
    useOf(lines.duration, gbSeconds),
    useOf(lines.requests, invocations),
    useOf(lines.logs, (invocations * parameters.logBytesPerInvocation) / GB),
    useOf(lines.io, walBytes(parameters, effort) / IO_BYTES),
    useOf(lines.transfer, elsewhere ? 0 : zoneTransferGb(parameters, effort, deployment)),
  ];
  // It is handed its records; whatever else there is starts by a schedule and reads them itself.
  if (lines.owner === 'micro-batch') return uses;
  uses.push(
    useOf(lines.ticks, ticks),
    useOf(lines.events, successEvents),
    useOf(lines.endpoint, elsewhere ? 0 : endpointGb(parameters, effort)),
    useOf(lines.secret, elsewhere ? connections : 0),
  );
  return uses;
}

export function walBytes(parameters: ModelParameters, { rowsFresh, rowsWritten, commits }: PathEffort): number {
  const { walBytesPerFreshRow, walBytesPerUpdatedRow, walBytesPerStatement } = parameters;
  const updated = rowsWritten - rowsFresh;
  return walBytesPerFreshRow * rowsFresh + walBytesPerUpdatedRow * updated + walBytesPerStatement * commits;
}

/** CPU time that the paths' rows take in the database; the rest of a statement is waiting. */
export function databaseCpuMs(parameters: ModelParameters, efforts: readonly PathEffort[]): number {
  return efforts.reduce(
    (sum, { rowsFresh, rowsWritten }) =>
      sum + databaseRowsMs(parameters, { rowsFresh, rowsUpdated: rowsWritten - rowsFresh }),
    0,
  );
}

function endpointGb(parameters: ModelParameters, { bytesRead, recordsRead }: PathEffort): number {
  const { wireBytesPerByte, wireBytesPerRecord } = parameters;
  return (bytesRead * wireBytesPerByte + recordsRead * wireBytesPerRecord) / GB;
}

/** Functions run in every zone and the writer in one: what crosses is paid in both directions. To an endpoint it is free. */
function zoneTransferGb(
  parameters: ModelParameters,
  { rowsWritten }: PathEffort,
  { functionZones }: Deployment,
): number {
  const DIRECTIONS = 2;
  return DIRECTIONS * (1 - 1 / functionZones) * ((rowsWritten * parameters.statementBytesPerRow) / GB);
}
