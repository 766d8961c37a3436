import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import {
  Code,
  EventSourceMapping,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { EMULATOR_ACCOUNT } from '#infra/config/emulator-account.ts';
import { readConfig } from '#infra/config/read-config.ts';
import { Alarms } from '#infra/operations/alarms.ts';
import { OperationsDashboard } from '#infra/operations/dashboard.ts';

/** Alarms and dashboard over empty functions. They depend on the configuration alone, so nothing is bundled. */
export function observedTemplate(context: Record<string, string> = {}, account?: string): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'tidemark-synth-'));
  const config = readConfig((key) => context[key], EMULATOR_ACCOUNT);
  const stack = new Stack(
    new App({ outdir, analyticsReporting: false }),
    config.name,
    account ? { env: { account } } : {},
  );
  const stream = new Stream(stack, 'Stream');
  const functionOf = (id: string): LambdaFunction =>
    new LambdaFunction(stack, id, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('export const handler = () => {}'),
    });
  const functions: Record<string, LambdaFunction> = { results: functionOf('Results'), schema: functionOf('Schema') };
  let microBatch: { function: LambdaFunction; mapping: EventSourceMapping } | undefined;
  let scheduledBatch: { function: LambdaFunction; failedRuns: Queue } | undefined;
  if (config.paths !== 'scheduled-batch') {
    const target = functionOf('MicroBatch');
    const mapping = new EventSourceMapping(stack, 'Mapping', {
      target,
      eventSourceArn: stream.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
    });
    microBatch = { function: target, mapping };
    functions['micro-batch'] = target;
  }
  if (config.paths !== 'micro-batch') {
    scheduledBatch = { function: functionOf('ScheduledBatch'), failedRuns: new Queue(stack, 'FailedRuns') };
    functions['scheduled-batch'] = scheduledBatch.function;
  }
  const databaseCluster = config.database === 'aurora' ? 'a-cluster' : undefined;
  const observed = { config, stream, microBatch, scheduledBatch, databaseCluster, functions };
  new OperationsDashboard(stack, 'Dashboard', observed, new Alarms(stack, 'Alarms', observed).alarms);
  try {
    return Template.fromStack(stack);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
