import { amount, divisor, type Infer, object, oneOf, record, type Schema } from '#text/schema.ts';

/**
 * Where a figure comes from. `measured`: earlier, on the project's machine; a run's own fit replaces it. `documented`: by AWS.
 * `deployed`: a setting of this stack or of its functions.
 */
const ORIGIN_NAMES = ['fitted', 'measured', 'assumed', 'documented', 'deployed'] as const;
export type Origin = (typeof ORIGIN_NAMES)[number];

export type Parameter = {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
  readonly origin: Origin;
  /**
   * Factors on the value between which it may lie; none: documented, or measured closely enough. A fitted one has the error of its fit
   * instead, whatever stands here.
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
 * What the model multiplies with. **measured**: both paths of the benchmark on 2 cores (Node 20.20, PostgreSQL 18.4), from the
 * ledgers of four runs of 12,400 to 186,000 events, the first of them
 * `npm run bench -- --rate 1000 --hosts 1000 --window 20s --shards 1 --events-per-record 128 --keep`.
 * CPU and rows carry over to AWS; waiting for the database does not, so it is assumed, with what was seen here. Bytes that are
 * written and stored are measured again by `npx vitest run --project embedded test/embedded/written-bytes.test.ts`.
 */
export const PARAMETERS = {
  hoursPerMonth: documented(730, 'h', 'a month of the price lists'),

  microBatchCpuMs: measured(0.13, 'ms', 'CPU of a warm micro-batch whatever is in it'),
  microBatchCpuMsPerEvent: measured(0.0025, 'ms', 'CPU of a micro-batch per event'),
  microBatchCpuMsPerRecord: measured(0.0019, 'ms', 'CPU of a micro-batch per record'),
  microBatchCpuMsPerFreshRow: measured(
    0,
    'ms',
    'CPU of a micro-batch per row inserted; in the events’ share until fitted',
  ),
  microBatchCpuMsPerUpdatedRow: measured(
    0,
    'ms',
    'CPU of a micro-batch per row updated; in the events’ share until fitted',
  ),
  payloadBytesPerRecord: documented(
    550,
    'bytes',
    'a record in a micro-batch’s payload beside its data: numbers, key, time and names',
  ),
  payloadCpuMsPerRecord: measured(
    0.0028,
    'ms',
    'the runtime’s parsing of a record in the payload, which the handler’s clock does not see',
  ),
  payloadCpuMsPerByte: measured(
    0.0000017,
    'ms',
    'and of each byte of its data, base64 in JSON; records of 20 to 25,000 bytes',
  ),

  scheduledBatchCpuMs: measured(51, 'ms', 'CPU of a scheduled batch whatever is in it, connecting included'),
  scheduledBatchCpuMsPerEvent: measured(
    0.0092,
    'ms',
    'CPU of a scheduled batch per event, decoding GetRecords included',
  ),
  scheduledBatchCpuMsPerRecord: measured(0.0028, 'ms', 'CPU of a scheduled batch per record'),
  scheduledBatchCpuMsPerFreshRow: measured(
    0,
    'ms',
    'CPU of a scheduled batch per row inserted; in the events’ share until fitted',
  ),
  scheduledBatchCpuMsPerUpdatedRow: measured(
    0,
    'ms',
    'CPU of a scheduled batch per row updated; in the events’ share until fitted',
  ),
  coldCpuMs: measured(120, 'ms', 'what code that has not been compiled yet costs, once an environment'),

  // A run on AWS fits the CPU of both paths there: nothing is left to convert, and the factor is 1, fitted.
  cpuFactor: assumed(1, '×', 'Lambda’s CPU time beside that of the machine that was fitted on', [0.7, 1.5]),
  functionSeconds: documented(900, 's', 'a function runs at most'),
  commitReserveSeconds: deployed(50, 's', 'a scheduled batch keeps of its time for connecting again and its commit'),
  commitReserveMsPerRow: deployed(0.1, 'ms', 'and per row that it holds'),
  continuationSeconds: assumed(1, 's', 'until the rule on a batch’s answer has asked for the rest', [0.5, 5]),
  stateBytesPerKey: measured(210, 'bytes', 'a key that a batch holds, with its text'),
  stateShareOfMemory: deployed(0.25, '×', 'of a function’s memory that a batch’s keys may take'),
  pagesShareOfMemory: deployed(0.1, '×', 'of a function’s memory that the pages read side by side may take'),
  memoryMbPerCore: documented(1_769, 'MB', 'memory at which a function has a whole core'),
  initMs: assumed(500, 'ms', 'billed INIT of a cold start', [0.5, 2]),
  idleTickMs: assumed(5, 'ms', 'a tick that makes no window due: it returns before it connects', WIDE),

  databaseMs: assumed(4, 'ms', 'database time of a statement, as seen here', WIDE),
  databaseMsPerFreshRow: assumed(0.0135, 'ms', 'database time of a row inserted; 0.013 to 0.014 seen here', WIDE),
  databaseMsPerUpdatedRow: assumed(
    0.0225,
    'ms',
    'database time of a row updated; 0.018 to 0.027 seen here',
    [0.4, 2.4],
  ),
  connectMs: assumed(60, 'ms', 'TLS, login, settings and checkpoints of a batch that connects anew', WIDE),

  walBytesPerFreshRow: measured(
    308,
    'bytes',
    'write-ahead log of a row inserted, full-page images off, as Aurora has none',
    [0.8, 1.5],
  ),
  walBytesPerUpdatedRow: measured(143, 'bytes', 'write-ahead log of a row updated', [0.8, 1.5]),
  walBytesPerStatement: measured(2_000, 'bytes', 'write-ahead log of checkpoints, ledger row and commit', [0.8, 1.5]),
  bytesPerRow: measured(215, 'bytes', 'a row of either table with its index'),
  bytesPerLedgerRow: measured(2_100, 'bytes', 'a ledger row with its histogram'),
  emptyDatabaseGb: assumed(1, 'GB', 'an empty cluster’s volume', [0.1, 10]),
  statementBytesPerRow: assumed(80, 'bytes', 'text of a row’s share of the statement', WIDE),

  idleTimeoutSeconds: deployed(60, 's', 'a shard without events holds final windows back'),
  tickDelaySeconds: documented(30, 's', 'the scheduler fires anywhere within its minute', [0, 2]),
  pollSeconds: documented(1, 's', 'the mapping asks a shard that has nothing for it once in'),

  acuPerCore: assumed(4, 'ACU', 'a busy core of the database: 1 ACU is 2 GB, a core comes with 8', WIDE),
  acuAwakeFactor: assumed(1, '×', 'ACU while awake beside what the deployment and its rows ask for', [1, 2]),
  resumeSeconds: documented(15, 's', 'a paused database comes back; more after a day', [1, 2]),
  connectionHeldSeconds: deployed(
    60,
    's',
    'a warm environment’s connection stays after its last statement (idle_session_timeout)',
  ),

  logBytesPerInvocation: assumed(
    1_200,
    'bytes',
    'two platform lines, our own line and the metrics line, 26 bytes of overhead each',
    WIDE,
  ),
  wireBytesPerByte: assumed(
    4 / 3,
    'bytes',
    'a record’s byte in an answer of GetRecords: base64 in JSON, in CBOR as it is',
    [0.75, 1],
  ),
  wireBytesPerRecord: assumed(220, 'bytes', 'a record’s numbers and key in an answer of GetRecords', WIDE),
  kmsRequestsPerHour: documented(12, 'requests', 'one each 5 minutes for whoever writes or reads'),

  shardReadBytesPerSecond: documented(2_000_000, 'bytes/s', 'a shard is read at most at'),
  readsPerSecond: deployed(4, 'calls/s', 'the batch’s reader asks a shard, of 5 that it answers'),
  recordsPerRead: documented(10_000, 'records', 'one GetRecords answers at most'),
  bytesPerRead: documented(10_000_000, 'bytes', 'one GetRecords answers at most'),
} satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof PARAMETERS;

/** Every parameter of the model. What a platform or a stack allows is a divisor. */
export const MODEL_PARAMETERS = object(
  schemaOfEach(({ unit, what, origin }) =>
    origin === 'documented' || origin === 'deployed' ? divisor(unit, what) : amount(unit, what),
  ),
  'parameters',
);
export type ModelParameters = Infer<typeof MODEL_PARAMETERS>;

/** Where each parameter comes from. */
export const ORIGINS = record(
  Object.keys(PARAMETERS) as ParameterName[],
  oneOf(ORIGIN_NAMES, 'where the parameter of this name comes from'),
);
export type Origins = Infer<typeof ORIGINS>;

function schemaOfEach<Value>(schemaOf: (parameter: Parameter) => Schema<Value>): Record<ParameterName, Schema<Value>> {
  const all = Object.entries(PARAMETERS).map(([name, parameter]) => [name, schemaOf(parameter)]);
  return Object.fromEntries(all) as Record<ParameterName, Schema<Value>>;
}

/** The table's values. */
export const STANDARD: ModelParameters = Object.fromEntries(
  Object.entries(PARAMETERS).map(([name, { value }]) => [name, value]),
) as ModelParameters;

/** The table's origins. */
export const STANDARD_ORIGINS: Origins = Object.fromEntries(
  Object.entries(PARAMETERS).map(([name, { origin }]) => [name, origin]),
) as Origins;
