import { CreateStreamCommand, PutRecordsCommand, waitUntilStreamExists } from '@aws-sdk/client-kinesis';
import { CreateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyAssembly } from '#bench/targets/assembly.ts';
import { createClients } from '#bench/targets/clients.ts';
import { EMULATOR_CONTEXT } from '#bench/targets/emulator.ts';
import { invoke } from '#bench/targets/invoke.ts';
import type { ResultsAction, ResultsAnswers, ResultsRequests } from '#functions/contract.ts';
import { type EmbeddedPostgres, startPostgres } from '#localstack/embedded/postgres/postgres.ts';
import { type EmbeddedStack, startEmbeddedStack } from '#localstack/embedded/stack.ts';
import { findBatches, type RedriveRow, redriveBatch } from '#ops/redrive/redrive.ts';
import { type RedriveStack, readRedriveOutputs } from '#ops/redrive/redrive-stack.ts';
import { eventAt, NOON_MS } from '../support/records.ts';
import { scriptedBucket } from '../support/scripted-bucket.ts';
import { SETTINGS } from '../support/settings.ts';

const RUN = 'redriven';
const SCHEMA = `run_${RUN}_micro_batch`;
const SHARD = 'shardId-000000000000';
const PATIENT = { timeout: 30_000, interval: 50 };

let postgres: EmbeddedPostgres;
let stack: EmbeddedStack;
let superuser: pg.Client;
let redriving: RedriveStack;
let stream: string;

beforeAll(async () => {
  postgres = await startPostgres();
  const assemblyDir = await readyAssembly(EMULATOR_CONTEXT);
  stack = await startEmbeddedStack({ assemblyDir, parameters: { DatabaseUrl: postgres.url }, scheduler: false });
  superuser = new pg.Client({ connectionString: postgres.url });
  await superuser.connect();
  const config = { region: 'us-east-1', credentials: { accessKeyId: 'embedded', secretAccessKey: 'embedded' } };
  const destination = { name: 'embedded', endpoint: null, region: null } as const;
  const clients = createClients((service) => ({ ...config, endpoint: stack.endpoints[service] }), destination);
  const names = readRedriveOutputs(stack.outputs, 'Tidemark', 'npm test');
  redriving = { ...clients, ...names, s3: scriptedBucket(objects) };
  stream = `${stack.outputs.RunStreamPrefix}${RUN}`;
}, 120_000);

afterAll(async () => {
  await superuser?.end();
  await stack?.close();
  await postgres?.close();
});

function objects(): Record<string, string> {
  const all = stack.bucketObjects(stack.outputs.FailedBatches ?? '');
  return Object.fromEntries(all.map(({ key, body }) => [key, body]));
}

function ask<Action extends ResultsAction>(
  action: Action,
  request: ResultsRequests[Action],
): Promise<ResultsAnswers[Action]> {
  return invoke(redriving.lambda, stack.outputs.ResultsFunction ?? '', { action, ...request });
}

/** A mapping with a retry limit, unlike the deployed one. */
async function createRun(): Promise<void> {
  const { kinesis, lambda, microBatchFunction, failedBatches } = redriving;
  await kinesis.send(new CreateStreamCommand({ StreamName: stream, ShardCount: 1 }));
  await waitUntilStreamExists(
    { client: kinesis, maxWaitTime: 20, minDelay: 0.1, maxDelay: 0.2 },
    { StreamName: stream },
  );
  await ask('prepare', { run: RUN, stream, shardIds: [SHARD], settings: SETTINGS });
  await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: microBatchFunction,
      EventSourceArn: `arn:aws:kinesis:us-east-1:000000000000:stream/${stream}`,
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 4,
      MaximumRetryAttempts: 0,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: `arn:aws:s3:::${failedBatches}` } },
    }),
  );
}

/** Sends records with one event each, and a malformed line in the first. */
async function send(events: number): Promise<void> {
  const lines = Array.from({ length: events }, () => JSON.stringify(eventAt(NOON_MS, 'a')));
  lines[0] += '\n{broken';
  await redriving.kinesis.send(
    new PutRecordsCommand({
      StreamName: stream,
      Records: lines.map((line) => ({ Data: Buffer.from(line), PartitionKey: 'p' })),
    }),
  );
}

/** Makes the database refuse writes of the micro-batch path. */
async function failDatabase(): Promise<void> {
  await superuser.query(`create function ${SCHEMA}.refuse() returns trigger language plpgsql as
    $$ begin raise exception 'disk full' using errcode = '53100'; end $$`);
  await superuser.query(
    `create trigger refuse before insert on ${SCHEMA}.ledger for each row execute function ${SCHEMA}.refuse()`,
  );
}

async function mendDatabase(): Promise<void> {
  await superuser.query(`drop function ${SCHEMA}.refuse() cascade`);
}

async function counted(): Promise<number> {
  return (await ask('progress', { run: RUN })).microBatch.events;
}

/** Number of records in the bucket. */
function discarded(): number {
  return Object.values(objects()).reduce((sum, body) => sum + JSON.parse(body).KinesisBatchInfo.batchSize, 0);
}

async function redriveAll(from: 'payload' | 'stream'): Promise<Pick<RedriveRow, 'counted' | 'alreadyCounted'>> {
  const { batches, unreadable } = await findBatches(redriving, Object.keys(objects()));
  expect(unreadable).toEqual([]);
  const sum = { counted: 0, alreadyCounted: 0 };
  for (const batch of batches) {
    const { counted, alreadyCounted, problem } = await redriveBatch(redriving, batch, from);
    expect(problem).toBeNull();
    sum.counted += counted;
    sum.alreadyCounted += alreadyCounted;
  }
  return sum;
}

describe('batches that failed with the database', () => {
  it('are counted once by a redrive, whether later batches followed or they were the last', async () => {
    await createRun();
    await send(10);
    await expect.poll(counted, PATIENT).toBe(10);
    await failDatabase();
    await send(10);
    await expect.poll(discarded, PATIENT).toBe(10);
    await mendDatabase();
    await send(10);
    await expect.poll(counted, PATIENT).toBe(20);
    await failDatabase();
    await send(5);
    await expect.poll(discarded, PATIENT).toBe(15);
    await mendDatabase();

    expect(await redriveAll('payload')).toEqual({ counted: 15, alreadyCounted: 0 });
    expect(await redriveAll('payload')).toEqual({ counted: 0, alreadyCounted: 15 });
    expect(await redriveAll('stream')).toEqual({ counted: 0, alreadyCounted: 15 });

    await send(1);
    await expect.poll(counted, PATIENT).toBe(36);
    const { microBatch: totals } = await ask('verify', { run: RUN });
    expect(totals).toMatchObject({ hits: { byHost: 36, bySource: 36 }, events: 36, quarantined: 5 });
    expect(
      (await ask('counts', { run: RUN, path: 'microBatch', aggregation: 'byHost', after: null })).rows,
    ).toHaveLength(1);
  }, 120_000);
});
