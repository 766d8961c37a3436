import { invalidParameter } from '../lambda/service-error.ts';
import type { DeliverySettings } from './delivery.ts';

/** Settings of an event source mapping, from the template or the API. */
export type MappingSettings = DeliverySettings & {
  functionName: string;
  enabled: boolean;
  reportsItemFailures: boolean;
  onFailureArn: string | null;
};

export type StartingPosition =
  | { kind: 'TRIM_HORIZON' }
  | { kind: 'LATEST' }
  | { kind: 'AT_TIMESTAMP'; timestampSeconds: number };

type Request = Record<string, unknown>;

const DEFAULTS = {
  batchSize: 100,
  batchingWindowMs: 0,
  bisectOnError: false,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
  enabled: true,
  reportsItemFailures: false,
  onFailureArn: null,
} satisfies Omit<MappingSettings, 'functionName'>;

/** Members that other code reads, or that have no effect here. */
const OTHER_MEMBERS = [
  'UUID',
  'EventSourceArn',
  'MetricsConfig',
  'StartingPosition',
  'StartingPositionTimestamp',
  'Tags',
];

/** Options of Lambda that the runtime refuses, with the reason; the allowed value changes nothing. */
const REFUSED: Record<string, { allowed: unknown; reason: string }> = {
  ParallelizationFactor: {
    allowed: 1,
    reason:
      'with more than one batch in flight order holds per partition key only, and a checkpoint per shard would lose events',
  },
  TumblingWindowInSeconds: { allowed: 0, reason: 'the embedded runtime keeps no state between batches' },
};

/**
 * Settings from a Create- or UpdateEventSourceMapping request. Absent members stay as in `current`.
 * @throws ServiceError InvalidParameterValueException
 */
export function readMappingSettings(request: Request, current: MappingSettings | null): MappingSettings {
  refuseUnsupported(request);
  const { FunctionName, Enabled, BisectBatchOnFunctionError: bisects, FunctionResponseTypes: types } = request;
  const base = current ?? { ...DEFAULTS, functionName: '' };
  const read = {
    functionName: FunctionName === undefined ? base.functionName : String(FunctionName),
    enabled: Enabled === undefined ? base.enabled : isTrue(Enabled),
    batchSize: numberIn(request, 'BatchSize', 1, 10_000) ?? base.batchSize,
    batchingWindowMs: toMs(numberIn(request, 'MaximumBatchingWindowInSeconds', 0, 300)) ?? base.batchingWindowMs,
    bisectOnError: bisects === undefined ? base.bisectOnError : isTrue(bisects),
    maximumRetryAttempts: numberIn(request, 'MaximumRetryAttempts', -1, 10_000) ?? base.maximumRetryAttempts,
    maximumRecordAgeSeconds:
      numberIn(request, 'MaximumRecordAgeInSeconds', -1, 604_800) ?? base.maximumRecordAgeSeconds,
    reportsItemFailures: types === undefined ? base.reportsItemFailures : listsItemFailures(types),
    onFailureArn: 'DestinationConfig' in request ? onFailureArn(request.DestinationConfig) : base.onFailureArn,
  };
  if (read.functionName === '') throw invalidParameter('FunctionName is missing: expected a function name or ARN');
  return read;
}

/** @throws ServiceError InvalidParameterValueException */
export function readStartingPosition(request: Request): StartingPosition {
  const { StartingPosition: kind, StartingPositionTimestamp: timestamp } = request;
  if (kind === 'TRIM_HORIZON' || kind === 'LATEST') return { kind };
  if (kind === 'AT_TIMESTAMP') {
    const timestampSeconds = typeof timestamp === 'string' ? Date.parse(timestamp) / 1000 : timestamp;
    if (typeof timestampSeconds === 'number' && Number.isFinite(timestampSeconds)) return { kind, timestampSeconds };
    throw invalidParameter(
      `StartingPositionTimestamp '${String(timestamp)}' is not a time: expected seconds since 1970 with AT_TIMESTAMP`,
    );
  }
  throw invalidParameter(
    `StartingPosition '${String(kind)}' is unknown: expected TRIM_HORIZON, LATEST or AT_TIMESTAMP`,
  );
}

function refuseUnsupported(request: Request): void {
  for (const [name, value] of Object.entries(request)) {
    const refused = REFUSED[name];
    if (refused !== undefined && value !== undefined && Number(value) !== refused.allowed) {
      throw invalidParameter(`${name} '${String(value)}' is refused, expected ${refused.allowed}: ${refused.reason}`);
    }
    if (refused === undefined && value !== undefined && !KNOWN_MEMBERS.has(name)) {
      throw invalidParameter(`${name} is not supported by the embedded runtime: leave it out`);
    }
  }
}

const KNOWN_MEMBERS = new Set([
  ...OTHER_MEMBERS,
  'BatchSize',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'Enabled',
  'FunctionName',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
]);

function numberIn(request: Request, name: string, least: number, most: number): number | undefined {
  const value = request[name];
  if (value === undefined || value === null) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw invalidParameter(`${name} '${String(value)}' is out of range: expected ${least} to ${most}`);
}

function toMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function listsItemFailures(types: unknown): boolean {
  const list = Array.isArray(types) ? types : [];
  const unknown = list.find((type) => type !== 'ReportBatchItemFailures');
  if (unknown === undefined) return list.length > 0;
  throw invalidParameter(`FunctionResponseTypes '${String(unknown)}' is unknown: expected ReportBatchItemFailures`);
}

function onFailureArn(config: unknown): string | null {
  const destination = (config as { OnFailure?: { Destination?: unknown } } | null)?.OnFailure?.Destination;
  return typeof destination === 'string' && destination !== '' ? destination : null;
}
