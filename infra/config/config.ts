/** Settings of a stack, from CDK context (`-c window=300`). Times are in seconds; docs/deploy.md explains each key. */
export type Config = {
  /** Name of the stack. Several stacks can exist side by side. */
  name: string;
  window: number;
  bound: number;
  margin: number;
  maxFutureSkew: number;
  idleTimeout: number;
  latePolicy: 'count' | 'drop';
  shards: number;
  /** Highest expected load, percent of 1 MB/s a shard. It decides whether a batch can catch up. */
  shardLoad: number;
  /** Retention of the stream, hours. */
  retention: number;
  /** Most records in a batch of the micro-batch path. */
  batchSize: number;
  /** Longest wait of the mapping to fill a batch. */
  batchingWindow: number;
  /** Memory of each counting function, MB. */
  memory: number;
  /** Which of the two paths are deployed. */
  paths: 'both' | 'micro-batch' | 'scheduled-batch';
  /** The stack's own Aurora cluster, or an external database. */
  database: 'aurora' | 'external';
  /** ARN of the external database's secret. null: the URL is a parameter, which only emulators accept. */
  databaseSecret: string | null;
  /** Highest capacity of Aurora, ACU. */
  maxAcu: number;
  /** Aurora pauses after this time without a connection. */
  autoPause: number;
  /** Whether the stack, its database and its data are protected from deletion. */
  protect: boolean;
  /** ARN of the SNS topic that alarms notify; null for none. */
  alarmTopic: string | null;
  /** Whether benchmark runs may make streams `<name>-run-*` beside the deployed one. */
  benchmark: boolean;
};
