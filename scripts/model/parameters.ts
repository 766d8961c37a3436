import { amount, divisor, type Infer, object, oneOf, record, type Schema } from '#text/schema.ts';

/**
 * Origin of a parameter. `fitted`: by the run itself. `measured`: earlier, on 2 cores (Node 20.20, PostgreSQL 18.4); the
 * fit of a run replaces it. `assumed`: with a range. `documented`: from an AWS document. `deployed`: a setting of this stack.
 */
const ORIGIN_NAMES = ['fitted', 'measured', 'assumed', 'documented', 'deployed'] as const;
export type Origin = (typeof ORIGIN_NAMES)[number];

export type Parameter = {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
  readonly origin: Origin;
  /**
   * Least and greatest factor on the value; absent: documented, or measured closely enough. A fitted parameter has the error of its
   * fit instead.
   */
  readonly low?: number;
  readonly high?: number;
};

type Band = readonly [low: number, high: number];
type Entry = [value: number, unit: string, what: string, band?: Band];

const from =
  (origin: Origin) =>
  (...[value, unit, what, band]: Entry): Parameter => ({
    value,
    unit,
    what,
    origin,
    ...(band && { low: band[0], high: band[1] }),
  });

const measured = from('measured');
const assumed = from('assumed');
const documented = from('documented');
const deployed = from('deployed');

const WIDE: Band = [0.5, 2];

/**
 * The parameters of the model. **measured**: both paths of the benchmark on 2 cores (Node 20.20, PostgreSQL 18.4), from the ledgers of
 * four runs of 12,400 to 186,000 events; the first had 1,000 events/s of 1,000 hosts, windows of 20 s, 1 shard and 128 events per
 * record. CPU and rows carry over to AWS. Waiting for the database does not, so it is assumed, with the measured value as a guide. The
 * test `test/embedded/written-bytes.test.ts` measures written and stored bytes again.
 */
export const PARAMETERS = {
  hoursPerMonth: documented(730, 'h', 'a month of the price lists'),

  microBatchCpuMs: measured(0.13, 'ms', 'fixed CPU of a warm micro-batch'),
  microBatchCpuMsPerEvent: measured(0.0025, 'ms', 'CPU of a micro-batch per event'),
  microBatchCpuMsPerRecord: measured(0.0019, 'ms', 'CPU of a micro-batch per record'),
  microBatchCpuMsPerFreshRow: measured(
    0,
    'ms',
    'CPU of a micro-batch per inserted row; part of the CPU per event until fitted',
  ),
  microBatchCpuMsPerUpdatedRow: measured(
    0,
    'ms',
    'CPU of a micro-batch per updated row; part of the CPU per event until fitted',
  ),
  payloadBytesPerRecord: documented(
    550,
    'bytes',
    'size of a record in a micro-batch’s payload without its data: numbers, key, time and names',
  ),
  payloadCpuMsPerRecord: measured(
    0.0028,
    'ms',
    'CPU of the runtime to parse a record of the payload; the handler’s clock does not see it',
  ),
  payloadCpuMsPerByte: measured(
    0.0000017,
    'ms',
    'CPU of the runtime to parse a byte of a record’s data, base64 in JSON; measured with records of 20 to 25,000 bytes',
  ),

  scheduledBatchCpuMs: measured(51, 'ms', 'fixed CPU of a scheduled batch, connecting included'),
  scheduledBatchCpuMsPerEvent: measured(
    0.0092,
    'ms',
    'CPU of a scheduled batch per event, decoding GetRecords included',
  ),
  scheduledBatchCpuMsPerRecord: measured(0.0028, 'ms', 'CPU of a scheduled batch per record'),
  scheduledBatchCpuMsPerFreshRow: measured(
    0,
    'ms',
    'CPU of a scheduled batch per inserted row; part of the CPU per event until fitted',
  ),
  scheduledBatchCpuMsPerUpdatedRow: measured(
    0,
    'ms',
    'CPU of a scheduled batch per updated row; part of the CPU per event until fitted',
  ),
  coldCpuMs: measured(120, 'ms', 'extra CPU of the first invocation of an environment, whose code is not compiled yet'),

  // A run on AWS fits the CPU of both paths on Lambda itself, so its factor is 1 and counts as fitted.
  cpuFactor: assumed(1, '×', 'CPU time on Lambda ÷ CPU time on the fitted machine', [0.7, 1.5]),
  functionSeconds: documented(900, 's', 'longest time that a function may run'),
  commitReserveSeconds: deployed(50, 's', 'time that a scheduled batch reserves to connect again and commit'),
  commitReserveMsPerRow: deployed(0.1, 'ms', 'further time that a scheduled batch reserves per row in memory'),
  continuationSeconds: assumed(1, 's', 'time until the event rule continues a batch that stopped early', [0.5, 5]),
  stateBytesPerKey: measured(210, 'bytes', 'memory of a key in a batch, text included'),
  stateShareOfMemory: deployed(0.25, '×', 'share of a function’s memory for the keys of a batch'),
  pagesShareOfMemory: deployed(0.1, '×', 'share of a function’s memory for the pages that are read in parallel'),
  memoryMbPerCore: documented(1_769, 'MB', 'memory at which a function has a whole core'),
  initMs: assumed(500, 'ms', 'billed INIT of a cold start', [0.5, 2]),
  idleTickMs: assumed(5, 'ms', 'duration of a tick when no window is due; it returns before it connects', WIDE),

  databaseMs: assumed(4, 'ms', 'database time of a statement, measured on 2 cores', WIDE),
  databaseMsPerFreshRow: assumed(0.0135, 'ms', 'database time of an inserted row; 0.013 to 0.014 were measured', WIDE),
  databaseMsPerUpdatedRow: assumed(
    0.0225,
    'ms',
    'database time of an updated row; 0.018 to 0.027 were measured',
    [0.4, 2.4],
  ),
  connectMs: assumed(60, 'ms', 'time of a batch to connect: TLS, login, settings and checkpoints', WIDE),

  walBytesPerFreshRow: measured(
    308,
    'bytes',
    'write-ahead log of an inserted row, without full-page images, as Aurora writes none',
    [0.8, 1.5],
  ),
  walBytesPerUpdatedRow: measured(143, 'bytes', 'write-ahead log of an updated row', [0.8, 1.5]),
  walBytesPerStatement: measured(2_000, 'bytes', 'write-ahead log of checkpoints, ledger row and commit', [0.8, 1.5]),
  bytesPerRow: measured(215, 'bytes', 'stored size of a row of either table with its index'),
  bytesPerLedgerRow: measured(2_100, 'bytes', 'stored size of a ledger row with its histogram'),
  emptyDatabaseGb: assumed(1, 'GB', 'volume of an empty cluster', [0.1, 10]),
  statementBytesPerRow: assumed(80, 'bytes', 'size of a row in the text of the statement', WIDE),

  idleTimeoutSeconds: deployed(60, 's', 'time that a shard without events delays the finality of windows'),
  tickDelaySeconds: documented(30, 's', 'mean delay of the scheduler, which fires anywhere within its minute', [0, 2]),
  pollSeconds: documented(1, 's', 'interval in which the mapping polls a shard without records'),

  acuPerCore: assumed(
    4,
    'ACU',
    'capacity of a busy core of the database: 1 ACU has 2 GB, and a core comes with 8 GB',
    WIDE,
  ),
  acuAwakeFactor: assumed(1, '×', 'ACU while awake ÷ ACU that the deployment and its rows ask for', [1, 2]),
  resumeSeconds: documented(15, 's', 'time that a paused database takes to resume; longer after a day', [1, 2]),
  connectionHeldSeconds: deployed(
    60,
    's',
    'time that a warm environment’s connection stays open after its last statement (idle_session_timeout)',
  ),

  logBytesPerInvocation: assumed(
    1_200,
    'bytes',
    'log of an invocation: two platform lines, our own line and the metrics line, with 26 bytes of overhead each',
    WIDE,
  ),
  wireBytesPerByte: assumed(
    4 / 3,
    'bytes',
    'size of a record’s byte in an answer of GetRecords: base64 in JSON, unchanged in CBOR',
    [0.75, 1],
  ),
  wireBytesPerRecord: assumed(220, 'bytes', 'size of a record’s numbers and key in an answer of GetRecords', WIDE),
  kmsRequestsPerHour: documented(12, 'requests', 'key requests of each writer and reader, one per 5 minutes'),

  shardReadBytesPerSecond: documented(2_000_000, 'bytes/s', 'greatest read rate of a shard'),
  readsPerSecond: deployed(4, 'calls/s', 'GetRecords calls of the batch’s reader per shard; a shard answers 5'),
  recordsPerRead: documented(10_000, 'records', 'most records in an answer of GetRecords'),
  bytesPerRead: documented(10_000_000, 'bytes', 'most bytes in an answer of GetRecords'),
} satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof PARAMETERS;

/** Every parameter of the model. Documented limits and settings are divisors, so they are above 0. */
export const MODEL_PARAMETERS = object(
  schemaOfEach(({ unit, what, origin }) =>
    origin === 'documented' || origin === 'deployed' ? divisor(unit, what) : amount(unit, what),
  ),
  'parameters',
);
export type ModelParameters = Infer<typeof MODEL_PARAMETERS>;

/** Origin of each parameter. */
export const ORIGINS = record(
  Object.keys(PARAMETERS) as ParameterName[],
  oneOf(ORIGIN_NAMES, 'origin of the parameter with this name'),
);
export type Origins = Infer<typeof ORIGINS>;

function schemaOfEach<Value>(schemaOf: (parameter: Parameter) => Schema<Value>): Record<ParameterName, Schema<Value>> {
  const all = Object.entries(PARAMETERS).map(([name, parameter]) => [name, schemaOf(parameter)]);
  return Object.fromEntries(all) as Record<ParameterName, Schema<Value>>;
}

/** Value of each parameter. */
export const STANDARD: ModelParameters = Object.fromEntries(
  Object.entries(PARAMETERS).map(([name, { value }]) => [name, value]),
) as ModelParameters;

/** Origin of each parameter before any fit. */
export const STANDARD_ORIGINS: Origins = Object.fromEntries(
  Object.entries(PARAMETERS).map(([name, { origin }]) => [name, origin]),
) as Origins;
