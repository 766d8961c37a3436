/** What can be chosen about a stack, by CDK context (`-c window=300`). Times in seconds. */
export type Config = {
  /** The stack's name; several can stand side by side. */
  name: string;
  window: number;
  bound: number;
  margin: number;
  maxFutureSkew: number;
  idleTimeout: number;
  latePolicy: 'count' | 'drop';
  shards: number;
  /** How full the shards are at most, percent of the 1 MB/s that each takes: whether a batch can catch up is judged by it. */
  shardLoad: number;
  /** Hours that the stream keeps its records. */
  retention: number;
  /** Records per batch of the micro-batch path at most. */
  batchSize: number;
  /** How long the mapping waits to fill a batch. */
  batchingWindow: number;
  /** MB of each counting function. */
  memory: number;
  /** Which of the two paths are deployed. */
  paths: 'both' | 'micro-batch' | 'scheduled-batch';
  /** An Aurora of the stack's own, or a database that stands elsewhere. */
  database: 'aurora' | 'external';
  /** ARN of the secret that says where the external database is; null: its URL is a parameter, which only emulators take. */
  databaseSecret: string | null;
  /** Aurora capacity units at most. */
  maxAcu: number;
  /** Without a connection for this long, Aurora pauses. */
  autoPause: number;
  /** Whether the stack, its database and its data are kept from being deleted. */
  protect: boolean;
  /** ARN of the SNS topic that alarms notify, if any. */
  alarmTopic: string | null;
  /** Whether benchmark runs may make streams `<name>-run-*` beside the deployed one. */
  benchmark: boolean;
};
