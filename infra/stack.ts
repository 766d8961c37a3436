import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from './config/config.ts';
import { AuroraDatabase } from './database/aurora-database.ts';
import { externalDatabase } from './database/external-database.ts';
import { migrateOnDeploy } from './database/migration.ts';
import { stackFunction } from './function/stack-function.ts';
import { MicroBatchPath } from './micro-batch/micro-batch-path.ts';
import { Alarms } from './operations/alarms.ts';
import { OperationsDashboard } from './operations/dashboard.ts';
import type { Observed } from './operations/observed.ts';
import { writeOutputs } from './outputs.ts';
import { ScheduledBatchPath } from './scheduled-batch/scheduled-batch-path.ts';
import { stackEnvironment } from './stack-environment.ts';
import { EventStream } from './stream/event-stream.ts';

/** One stream, two paths that count its events into Postgres, and the functions that prepare and read the tables. */
export class TidemarkStack extends Stack {
  constructor(scope: Construct, id: string, config: Config, props?: StackProps) {
    super(scope, id, { ...props, terminationProtection: config.protect });
    const events = new EventStream(this, 'Stream', config);
    const database =
      config.database === 'aurora'
        ? new AuroraDatabase(this, 'Aurora', { config, events })
        : externalDatabase(this, config.databaseSecret);
    const environment = stackEnvironment(config, events);
    const parts = { config, events, database, environment };

    const microBatch = config.paths === 'scheduled-batch' ? undefined : new MicroBatchPath(this, 'MicroBatch', parts);
    const scheduledBatch =
      config.paths === 'micro-batch' ? undefined : new ScheduledBatchPath(this, 'ScheduledBatch', parts);
    const results = stackFunction(this, 'Results', {
      entry: 'results',
      environment,
      login: database.loginOf('results'),
      statements: [],
      memoryMb: 512,
      timeout: Duration.minutes(5),
    });
    const schema = stackFunction(this, 'Schema', {
      entry: 'schema',
      // SHARDS is here so that a deploy with another number runs the migration, which registers the new shards.
      environment: { ...environment, REMOVABLE: String(!config.protect), SHARDS: String(config.shards) },
      login: database.loginOf('owner'),
      statements: [events.allowListingShards()],
      memoryMb: 512,
      timeout: Duration.minutes(5),
    });
    migrateOnDeploy(this, {
      handler: schema,
      after: [events, ...database.parts],
      // The functions wait too: an environment reads its settings once, so it must not start before they are written.
      before: [microBatch, scheduledBatch].filter((path) => path !== undefined),
    });

    const functions = {
      ...(microBatch && { 'micro-batch': microBatch.function }),
      ...(scheduledBatch && { 'scheduled-batch': scheduledBatch.function }),
      results,
      schema,
    };
    const databaseCluster = database.clusterIdentifier;
    const observed: Observed = {
      config,
      stream: events.stream,
      microBatch,
      scheduledBatch,
      databaseCluster,
      functions,
    };
    const { alarms } = new Alarms(this, 'Alarms', observed);
    new OperationsDashboard(this, 'Dashboard', observed, alarms);
    writeOutputs(this, { config, events, microBatch, scheduledBatch, results, schema });
  }
}
