import type { Deployment, Owner } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import type { PathEffort } from '../timing/effort.ts';
import type { PlanInputs } from '../timing/plan-inputs.ts';
import type { StackUse, Use } from './term.ts';

export const GB = 2 ** 30;
const IO_BYTES = 4_096;

/** A line of a bill, as a function of the quantity that is used. */
type Line = (quantity: number) => StackUse;

/** The lines of a path's bill, or of an engine's in its place. */
export type PathLines = ReturnType<typeof linesOf>;

export const PATH_LINES = {
  'micro-batch': linesOf('micro-batch', 'micro-batch', 'Micro-batch'),
  'scheduled-batch': linesOf('scheduled-batch', 'scheduled-batch', 'Scheduled batch'),
} as const;

/**
 * @param key start of the ids
 * @param name start of the labels
 */
export function linesOf(owner: Owner, key: string, name: string) {
  const line = (suffix: string, phrase: string, price: Use['price']): Line => {
    const id = `${key}-${suffix}`;
    const label = `${name}: ${phrase}`;
    return (quantity) => ({ id, label, phrase, owner, price, quantity });
  };
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

/** Uses of a path's work: function, logs, reads and writes. */
export function pathUses(
  { parameters, deployment }: Pick<PlanInputs, 'parameters' | 'deployment'>,
  lines: PathLines,
  effort: PathEffort,
): StackUse[] {
  const { invocations, gbSeconds, ticks, successEvents, connections } = effort;
  // With a shared database, the stack has no network of its own.
  const elsewhere = deployment.regime === 'shared';
  const uses = [
    lines.duration(gbSeconds),
    lines.requests(invocations),
    lines.logs((invocations * parameters.logBytesPerInvocation) / GB),
    lines.io(walBytes(parameters, effort) / IO_BYTES),
    lines.transfer(elsewhere ? 0 : zoneTransferGb(parameters, effort, deployment)),
  ];
  // Lambda hands the micro-batch path its records. Everything else starts by a schedule and reads the stream itself.
  if (lines.owner === 'micro-batch') return uses;
  uses.push(
    lines.ticks(ticks),
    lines.events(successEvents),
    lines.endpoint(elsewhere ? 0 : endpointGb(parameters, effort)),
    lines.secret(elsewhere ? connections : 0),
  );
  return uses;
}

export function walBytes(parameters: ModelParameters, { rowsFresh, rowsWritten, commits }: PathEffort): number {
  const { walBytesPerFreshRow, walBytesPerUpdatedRow, walBytesPerStatement } = parameters;
  const updated = rowsWritten - rowsFresh;
  return walBytesPerFreshRow * rowsFresh + walBytesPerUpdatedRow * updated + walBytesPerStatement * commits;
}

function endpointGb(parameters: ModelParameters, { bytesRead, recordsRead }: PathEffort): number {
  const { wireBytesPerByte, wireBytesPerRecord } = parameters;
  return (bytesRead * wireBytesPerByte + recordsRead * wireBytesPerRecord) / GB;
}

/** Traffic between zones. Functions run in all zones, the writer in one, and both directions are billed; traffic to an endpoint is free. */
function zoneTransferGb(
  parameters: ModelParameters,
  { rowsWritten }: PathEffort,
  { functionZones }: Deployment,
): number {
  const DIRECTIONS = 2;
  return DIRECTIONS * (1 - 1 / functionZones) * ((rowsWritten * parameters.statementBytesPerRow) / GB);
}
