import { ResourceInUseException, ResourceNotFoundException as StreamNotFoundException } from '@aws-sdk/client-kinesis';
import { ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { createRun } from '../../../../scripts/run/isolated-run.ts';
import { type Call, FunctionFailure, type Script, scriptedTarget } from '../../../support/scripted-target.ts';
import { SETTINGS } from '../../../support/settings.ts';

const DEPLOYED = {
  EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/events',
  BatchSize: 500,
  MaximumBatchingWindowInSeconds: 1,
  ParallelizationFactor: 1,
  BisectBatchOnFunctionError: true,
  MaximumRetryAttempts: -1,
  MaximumRecordAgeInSeconds: -1,
  FunctionResponseTypes: ['ReportBatchItemFailures'],
  DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:000000000000:failures' } },
};

/** The step of a call: its command, or the results function's action. */
function stepOf({ name, input }: Call): string {
  return name === 'Invoke' ? (JSON.parse(input.Payload as string) as { action: string }).action : name;
}

/** A stack in which every step works, but for those that fail. */
function stackThatFails(failing: readonly string[] = [], script: Script = {}) {
  const fail = (step: string): void => {
    if (failing.includes(step)) throw new FunctionFailure('Error', `no ${step}`);
  };
  let removed = false;
  const target = scriptedTarget({
    kinesis(call) {
      fail(call.name);
      if (call.name === 'DescribeStreamSummary') return { StreamDescriptionSummary: { StreamStatus: 'ACTIVE' } };
      return { Shards: [{ ShardId: 'shardId-000000000000' }, { ShardId: 'shardId-000000000001' }] };
    },
    lambda(call) {
      const isOfRun = call.name === 'GetEventSourceMapping' && call.input.UUID === 'mapping-1';
      fail(isOfRun ? 'awaitMapping' : call.name);
      if (call.name === 'DeleteEventSourceMapping') removed = true;
      if (!isOfRun) return call.name === 'GetEventSourceMapping' ? DEPLOYED : { UUID: 'mapping-1' };
      if (!removed) return { UUID: 'mapping-1', State: 'Enabled' };
      throw new ResourceNotFoundException({ message: 'no such mapping', $metadata: {}, Type: 'User' });
    },
    invoke(_, { action, run }: { action: string; run: string }) {
      fail(action);
      return action === 'prepare'
        ? { schemas: { micro_batch: `run_${run}_micro_batch`, scheduled_batch: `run_${run}_scheduled_batch` } }
        : { dropped: [] };
    },
    ...script,
  });
  return { target, steps: () => target.calls.map(stepOf) };
}

/** A stack that makes the run's mapping, the answer of which never comes; the deployed one is listed beside it. */
function stackThatLosesItsMapping() {
  const mappings = new Map([['mapping-0', DEPLOYED.EventSourceArn]]);
  return stackThatFails([], {
    lambda({ name, input }) {
      const uuid = input.UUID as string;
      if (name === 'ListEventSourceMappings') {
        return { EventSourceMappings: [...mappings].map(([UUID, EventSourceArn]) => ({ UUID, EventSourceArn })) };
      }
      if (name === 'CreateEventSourceMapping') {
        mappings.set('mapping-1', input.EventSourceArn as string);
        throw new Error('no answer');
      }
      if (name === 'DeleteEventSourceMapping') return { deleted: mappings.delete(uuid) };
      if (mappings.has(uuid)) return DEPLOYED;
      throw new ResourceNotFoundException({ message: 'no such mapping', $metadata: {}, Type: 'User' });
    },
  });
}

const OPTIONS = { shards: 2, settings: SETTINGS, mapping: {} };
const MADE = [
  'runs',
  'CreateStream',
  'DescribeStreamSummary',
  'ListShards',
  'prepare',
  'GetEventSourceMapping',
  'CreateEventSourceMapping',
  'GetEventSourceMapping', // until it is enabled
];
/** The mapping's end is waited for. */
const UNMAPPED = ['DeleteEventSourceMapping', 'GetEventSourceMapping', 'ListEventSourceMappings'];
const input = (calls: readonly Call[], name: string) => calls.find((call) => call.name === name)?.input;

describe('createRun', () => {
  it("makes a stream, schemas and a mapping of the run's own, in this order", async () => {
    const { target, steps } = stackThatFails();

    const run = await createRun(target, OPTIONS);

    expect(steps()).toEqual(MADE);
    expect(run.id).toMatch(/^[a-z0-9]{8}$/);
    expect(run.streamName).toBe(`events-run-${run.id}`);
    expect(run.schemas.micro_batch).toBe(`run_${run.id}_micro_batch`);
    expect(input(target.calls, 'CreateStream')).toEqual({ StreamName: run.streamName, ShardCount: 2 });
    const [, prepare] = target.calls.filter(({ name }) => name === 'Invoke');
    expect(JSON.parse(prepare?.input.Payload as string)).toEqual({
      action: 'prepare',
      run: run.id,
      stream: run.streamName,
      shardIds: ['shardId-000000000000', 'shardId-000000000001'],
      settings: SETTINGS,
    });
  });

  it("gives the run's mapping the settings of the deployed one, from the stream's beginning", async () => {
    const { target } = stackThatFails();
    const run = await createRun(target, OPTIONS);
    expect(input(target.calls, 'CreateEventSourceMapping')).toEqual({
      ...DEPLOYED,
      FunctionName: 'micro',
      EventSourceArn: `arn:aws:kinesis:us-east-1:000000000000:stream/${run.streamName}`,
      StartingPosition: 'TRIM_HORIZON',
    });
    expect(run.mapping).toEqual({ batchSize: 500, batchingWindowSeconds: 1 });
  });

  it('changes those settings that the run sets itself, zero too', async () => {
    const { target } = stackThatFails();
    const run = await createRun(target, { ...OPTIONS, mapping: { batchSize: 10, batchingWindowSeconds: 0 } });
    expect(run.mapping).toEqual({ batchSize: 10, batchingWindowSeconds: 0 });
    expect(input(target.calls, 'CreateEventSourceMapping')).toMatchObject({
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      MaximumRetryAttempts: -1,
    });
  });

  it.each([
    ['runs', []],
    ['CreateStream', ['DeleteStream']],
    ['ListShards', ['DeleteStream']],
    ['prepare', ['drop', 'DeleteStream']],
    ['GetEventSourceMapping', ['ListEventSourceMappings', 'drop', 'DeleteStream']],
    ['CreateEventSourceMapping', ['ListEventSourceMappings', 'drop', 'DeleteStream']],
    ['awaitMapping', ['DeleteEventSourceMapping', 'GetEventSourceMapping', 'drop', 'DeleteStream']],
  ])('undoes in reverse what was made when %s fails', async (failing, undone) => {
    const { target, steps } = stackThatFails([failing]);
    await expect(createRun(target, OPTIONS)).rejects.toThrow(`no ${failing}`);
    const made = failing === 'awaitMapping' ? MADE : MADE.slice(0, MADE.indexOf(failing) + 1);
    expect(steps()).toEqual([...made, ...undone]);
  });

  it('says what failed first where undoing it fails too, and undoes the rest', async () => {
    const { target, steps } = stackThatFails(['CreateEventSourceMapping', 'drop']);
    await expect(createRun(target, OPTIONS)).rejects.toThrow(
      /^no CreateEventSourceMapping; Run (\w+) may have left something behind, on events-run-\1: results failed: no drop; remove it with npm run remove-runs -- \1$/,
    );
    expect(steps().slice(-2)).toEqual(['drop', 'DeleteStream']);
  });

  it('removes a stream that was made though the answer was lost, as the second attempt finds out', async () => {
    const { target, steps } = stackThatFails([], {
      kinesis({ name }) {
        if (name === 'CreateStream') {
          throw new ResourceInUseException({ message: 'the stream already exists', $metadata: { attempts: 2 } });
        }
        return {};
      },
    });
    await expect(createRun(target, OPTIONS)).rejects.toThrow(/^the stream already exists$/);
    expect(steps()).toEqual(['runs', 'CreateStream', 'DeleteStream']);
    const { StreamName } = input(target.calls, 'CreateStream') as { StreamName: string };
    expect(input(target.calls, 'DeleteStream')).toEqual({ StreamName, EnforceConsumerDeletion: true });
  });

  it('says what failed and no more where no stream was made', async () => {
    const { target } = stackThatFails([], {
      kinesis({ name }) {
        if (name === 'CreateStream') throw new Error('no answer');
        throw new StreamNotFoundException({ message: 'not found', $metadata: {} });
      },
    });
    await expect(createRun(target, OPTIONS)).rejects.toThrow(/^no answer$/);
  });

  it("removes a mapping that was made though the answer was lost, found by the run's stream", async () => {
    const { target, steps } = stackThatLosesItsMapping();
    await expect(createRun(target, OPTIONS)).rejects.toThrow(/^no answer$/);
    expect(steps().slice(MADE.indexOf('CreateEventSourceMapping') + 1)).toEqual([
      'ListEventSourceMappings',
      'DeleteEventSourceMapping',
      'GetEventSourceMapping',
      'drop',
      'DeleteStream',
    ]);
    expect(input(target.calls, 'DeleteEventSourceMapping')).toEqual({ UUID: 'mapping-1' });
  });

  it.each([
    ['CreateStream', ['DeleteStream']],
    ['CreateEventSourceMapping', [...UNMAPPED, 'drop', 'DeleteStream']],
  ])('leaves nothing where the signal comes after %s', async (last, undone) => {
    const stop = new AbortController();
    const { target, steps } = stackThatFails([], {
      onCall: ({ name }) => void (name === last && stop.abort('interrupted')),
    });
    await expect(createRun(target, { ...OPTIONS, signal: stop.signal })).rejects.toBe('interrupted');
    expect(steps()).toEqual([...MADE.slice(0, MADE.indexOf(last) + 1), ...undone]);
  });

  it('tells what it is about to do', async () => {
    const { target } = stackThatFails();
    const told: string[] = [];
    await createRun(target, { ...OPTIONS, onStep: (step) => told.push(step) });
    expect(told).toEqual([
      'asking the database',
      "making the run's stream and schemas",
      'waiting for its mapping to be enabled',
    ]);
  });

  it('gives every run an id of its own', async () => {
    const { target } = stackThatFails();
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await createRun(target, OPTIONS)).id));
    expect(new Set(ids).size).toBe(20);
  });
});

describe('remove', () => {
  it.each([
    [false, [...UNMAPPED, 'drop', 'DeleteStream']],
    [true, [...UNMAPPED, 'DeleteStream']],
  ])('undoes everything in reverse, with keepSchemas %s', async (keepSchemas, undone) => {
    const { target, steps } = stackThatFails();
    const run = await createRun(target, OPTIONS);
    await run.remove({ keepSchemas });
    expect(steps().slice(MADE.length)).toEqual(undone);
    expect(input(target.calls, 'DeleteEventSourceMapping')).toEqual({ UUID: 'mapping-1' });
    expect(input(target.calls, 'DeleteStream')).toEqual({ StreamName: run.streamName, EnforceConsumerDeletion: true });
  });

  it('goes on after a step that fails, and says what is left', async () => {
    const place = { name: 'aws', stack: 'Clicks' } as const;
    const { target, steps } = stackThatFails(['DeleteEventSourceMapping', 'drop'], { place });
    const run = await createRun(target, OPTIONS);
    await expect(run.remove({ keepSchemas: false })).rejects.toThrow(
      `Run ${run.id} may have left something behind, on ${run.streamName}: no DeleteEventSourceMapping; results failed: no drop; ` +
        `remove it with npm run remove-runs -- --target aws --stack Clicks ${run.id}`,
    );
    expect(steps().slice(MADE.length)).toEqual(['DeleteEventSourceMapping', 'drop', 'DeleteStream']);
  });

  it('does nothing the second time', async () => {
    const { target, steps } = stackThatFails();
    const run = await createRun(target, OPTIONS);
    await run.remove({ keepSchemas: true });
    const done = steps().length;
    await run.remove({ keepSchemas: false });
    expect(steps()).toHaveLength(done);
  });
});
