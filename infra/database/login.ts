import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Network } from './network.ts';

/** Database users: the owner creates the schemas, each path writes its own schema, and `results` reads. */
export type User = 'owner' | 'microBatch' | 'scheduledBatch' | 'results';

/** Everything that a function needs to log in to the database. */
export type Login = {
  environment: Record<string, string>;
  statements: PolicyStatement[];
  /** Network from which the database is reachable; null for any. */
  network: Network | null;
};

export type Database = {
  loginOf(user: User): Login;
  /** Identifier of the stack's own cluster, which its metrics use; absent with an external database. */
  clusterIdentifier?: string;
  /** Constructs that must exist before anybody can log in. */
  parts: Construct[];
};
