import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Network } from './network.ts';

/** Who logs in: the owner makes the schemas, the others have one schema each, or read. */
export type User = 'owner' | 'microBatch' | 'scheduledBatch' | 'results';

/** What a function needs to log in to the database. */
export type Login = {
  environment: Record<string, string>;
  statements: PolicyStatement[];
  /** Where the function has to stand to reach the database; null: anywhere. */
  network: Network | null;
};

export type Database = {
  loginOf(user: User): Login;
  /** Of the stack's own cluster, if it has one: what its metrics are called by. */
  clusterIdentifier?: string;
  /** What must stand before anybody can log in. */
  parts: Construct[];
};
