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

/** Each function logs in as a role of its own; the owner is the cluster's master. */
const ROLES: Record<User, string> = {
  owner: 'tidemark_owner',
  microBatch: 'tidemark_micro_batch',
  scheduledBatch: 'tidemark_scheduled_batch',
  results: 'tidemark_results',
};

/**
 * Aurora PostgreSQL Serverless v2 in a network of its own. Nobody has a password, the master neither: it authenticates by IAM
 * from its creation, which only this level of construct can say.
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
      engineLifecycleSupport: 'open-source-rds-extended-support-disabled', // it would be charged without a word
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
      autoMinorVersionUpgrade: false, // a version comes with a deploy, not behind its back
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

/** For those who grant or make roles. */
function rolesAsText(): string {
  const { owner: _, ...others } = ROLES;
  return JSON.stringify(others);
}
