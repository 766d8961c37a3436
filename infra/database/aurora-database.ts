import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  AuroraPostgresEngineVersion,
  CfnDBCluster,
  CfnDBClusterParameterGroup,
  CfnDBInstance,
  CfnDBSubnetGroup,
} from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { Config } from '../config/config.ts';
import type { EventStream } from '../stream/event-stream.ts';
import type { Database, Login, User } from './login.ts';
import { DATABASE_PORT, Network } from './network.ts';

const ENGINE = 'aurora-postgresql';
const VERSION = AuroraPostgresEngineVersion.VER_18_6;
const NAME = 'tidemark';

/** Every function has its own role in the database; the owner is the cluster's master. */
const ROLES: Record<User, string> = {
  owner: 'tidemark_owner',
  microBatch: 'tidemark_micro_batch',
  scheduledBatch: 'tidemark_scheduled_batch',
  results: 'tidemark_results',
};

/**
 * Aurora PostgreSQL Serverless v2 in its own network. No passwords exist: every role logs in with IAM. Only L1 constructs
 * can create a cluster whose master does so from the start.
 */
export class AuroraDatabase extends Construct implements Database {
  readonly parts: Construct[] = [this];
  readonly clusterIdentifier: string;
  readonly #network: Network;
  readonly #cluster: CfnDBCluster;

  constructor(scope: Construct, id: string, { config, events }: { config: Config; events: EventStream }) {
    super(scope, id);
    this.#network = new Network(this, 'Network', { config, events });
    const subnets = new CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupDescription: 'Isolated, in two zones',
      subnetIds: this.#network.subnets.map(({ subnetId }) => subnetId),
    });
    const parameters = new CfnDBClusterParameterGroup(this, 'Parameters', {
      description: 'TLS or nothing',
      family: `${ENGINE}${VERSION.auroraPostgresMajorVersion}`,
      parameters: { 'rds.force_ssl': '1' },
    });
    this.#cluster = new CfnDBCluster(this, 'Cluster', {
      engine: ENGINE,
      engineVersion: VERSION.auroraPostgresFullVersion,
      engineLifecycleSupport: 'open-source-rds-extended-support-disabled', // extended support would cost extra without notice
      databaseName: NAME,
      port: DATABASE_PORT,
      masterUsername: ROLES.owner,
      masterUserAuthenticationType: 'iam-db-auth',
      enableIamDatabaseAuthentication: true,
      storageEncrypted: true,
      serverlessV2ScalingConfiguration: {
        minCapacity: 0,
        maxCapacity: config.maxAcu,
        secondsUntilAutoPause: config.autoPause,
      },
      dbClusterParameterGroupName: parameters.ref,
      dbSubnetGroupName: subnets.ref,
      vpcSecurityGroupIds: [this.#network.database.securityGroupId],
      backupRetentionPeriod: 7,
      copyTagsToSnapshot: true,
      deletionProtection: config.protect,
    });
    this.clusterIdentifier = this.#cluster.ref;
    this.#cluster.applyRemovalPolicy(config.protect ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY);
    new CfnDBInstance(this, 'Writer', {
      dbClusterIdentifier: this.#cluster.ref,
      dbInstanceClass: 'db.serverless',
      engine: ENGINE,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: false, // versions change by a deploy only
    });
    if (!config.protect) {
      Validations.of(this.#cluster).acknowledge({
        id: 'AwsSolutions-RDS10',
        reason: 'Deployed with protect=false, for a trial whose database goes with the stack.',
      });
    }
  }

  loginOf(user: User): Login {
    return {
      environment: {
        DATABASE_HOST: this.#cluster.attrEndpointAddress,
        DATABASE_PORT: String(DATABASE_PORT),
        DATABASE_NAME: NAME,
        DATABASE_USER: ROLES[user],
        ...(user === 'owner' || user === 'results' ? { DATABASE_ROLES: rolesAsText() } : {}),
      },
      statements: [new PolicyStatement({ actions: ['rds-db:connect'], resources: [this.#arnOf(ROLES[user])] })],
      network: this.#network,
    };
  }

  #arnOf(role: string): string {
    return Stack.of(this).formatArn({
      service: 'rds-db',
      resource: 'dbuser',
      resourceName: `${this.#cluster.attrDbClusterResourceId}/${role}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}

/** Roles for the functions that create roles or grant rights. */
function rolesAsText(): string {
  const { owner: _, ...others } = ROLES;
  return JSON.stringify(others);
}
