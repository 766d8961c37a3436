/**
 * What the model multiplies with. **measured**: both paths of the benchmark on 2 cores (Node 20.20, PostgreSQL 18.4), from the
 * ledgers of four runs of 12,400 to 186,000 events, the first of them
 * `npm run bench -- --rate 1000 --hosts 1000 --window 20s --shards 1 --events-per-record 128 --keep`.
 * CPU and rows carry over to AWS; waiting for the database does not, so it is assumed, with what was seen here.
 */
export const ASSUMPTIONS = {
  hoursPerMonth: 730,

  /** Handler CPU of the micro-batch path, warm; measured. */
  microBatchCpuMs: 0.13,
  microBatchCpuMsPerEvent: 0.0025,
  microBatchCpuMsPerRecord: 0.0019,
  /** The runtime's parsing of the payload, which the handler's clock does not see; measured. */
  payloadCpuMsPerRecord: 0.0031,

  /** CPU of a scheduled batch, decoding the answers of GetRecords and connecting included; measured. */
  scheduledBatchCpuMs: 51,
  scheduledBatchCpuMsPerEvent: 0.0092,
  scheduledBatchCpuMsPerRecord: 0.0028,
  /** What code that has not been compiled yet costs; measured. */
  coldCpuMs: 120,

  /** Lambda's CPU beside this machine's; 1 until a run on AWS calibrates it. */
  cpuFactor: 1,
  /** MB at which a function has a whole core; AWS documentation. */
  memoryMbPerCore: 1_769,
  /** Billed INIT of a cold start; assumed. */
  initMs: 500,
  /** A tick that makes no window due returns before it connects; assumed. */
  idleTickMs: 5,

  /** Database time of a statement, and of a row; assumed, as seen here. */
  databaseMs: 4,
  databaseMsPerRow: 0.014,
  /** TLS, login, settings and checkpoints of a batch that connects anew; assumed. */
  connectMs: 60,

  /** Write-ahead log, full-page images off, as Aurora has none; measured. */
  walBytesPerFreshRow: 308,
  walBytesPerUpdatedRow: 143,
  walBytesPerStatement: 2_000,
  /** A row of either table with its index; a ledger row with its histogram; measured. */
  bytesPerRow: 215,
  bytesPerLedgerRow: 2_100,
  /** An empty cluster's volume; assumed. */
  emptyDatabaseGb: 1,
  /** Text of a row's share of the statement; assumed. */
  statementBytesPerRow: 80,

  /** Aurora: 1 ACU is 2 GB, a core comes with 8; assumed. */
  acuPerCore: 4,
  leastAcu: 0.5,
  /** AWS documentation: about 15 s, more after a day. */
  resumeSeconds: 15,
  /** How long a warm environment's connection stays after its last statement (idle_session_timeout). */
  connectionHeldSeconds: 60,

  /** Two platform lines, our own line and the metrics line of an invocation, 26 bytes of overhead each; assumed. */
  logBytesPerInvocation: 1_200,
  /** GetRecords answers in JSON: base64, and a record's numbers and key; assumed. */
  wireBytesPerByte: 4 / 3,
  wireBytesPerRecord: 220,
  /** One KMS request each 5 minutes for whoever writes or reads; AWS documentation. */
  kmsRequestsPerHour: 12,

  /** A shard's reading limits; AWS documentation. The benchmark's reader asks at most 4 times a second. */
  shardReadBytesPerSecond: 2_000_000,
  readsPerSecond: 4,
  recordsPerRead: 10_000,
  bytesPerRead: 10_000_000,
} as const;
