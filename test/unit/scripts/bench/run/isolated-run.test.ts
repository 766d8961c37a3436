import { ResourceInUseException, ResourceNotFoundException as StreamNotFoundException } from '@aws-sdk/client-kinesis';
import { ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { createRun, type IsolatedRun, withinRun } from '#bench/run/isolated-run.ts';
import type { Target } from '#bench/targets/target.ts';
import { DEPLOYED_MAPPING, inputOf, stackThatFails } from '#test/support/failing-stack.ts';
import type { Call } from '#test/support/scripted-target.ts';
import { SETTINGS } from '#test/support/settings.ts';

const OPTIONS = { shards: 2, settings: SETTINGS, onStep: () => undefined, signal: new AbortController().signal };
const MADE = ['runs', 'CreateStream', 'DescribeStreamSummary', 'ListShards', 'prepare'];
const MAPPED = ['GetEventSourceMapping', 'CreateEventSourceMapping', 'GetEventSourceMapping']; // until it is enabled
/** The mapping's end is waited for. */
const UNMAPPED = ['DeleteEventSourceMapping', 'GetEventSourceMapping', 'ListEventSourceMappings'];

async function createMappedRun(target: Target): Promise<IsolatedRun> {
  const run = await createRun(target, OPTIONS);
  await run.attachMapping({});
  return run;
}

/** What the results function was asked for an action. */
function requestOf(calls: readonly Call[], action: string): unknown {
  const requests = calls.flatMap(({ name, input }) => (name === 'Invoke' ? [JSON.parse(input.Payload as string)] : []));
  return (requests as { action: string }[]).find((request) => request.action === action);
}

describe('createRun', () => {
  it("makes a stream and schemas of the run's own, in this order", async () => {
    const { target, steps } = stackThatFails();

    const run = await createRun(target, OPTIONS);

    expect(steps()).toEqual(MADE);
    expect(run.id).toMatch(/^[a-z0-9]{8}$/);
    expect(run.streamName).toBe(`events-run-${run.id}`);
    expect(run.schemas.microBatch).toBe(`run_${run.id}_micro_batch`);
    expect(inputOf(target.calls, 'CreateStream')).toEqual({ StreamName: run.streamName, ShardCount: 2 });
    expect(requestOf(target.calls, 'prepare')).toEqual({
      action: 'prepare',
      run: run.id,
      stream: run.streamName,
      shardIds: ['shardId-000000000000', 'shardId-000000000001'],
      settings: SETTINGS,
    });
  });

  it.each([
    ['runs', []],
    ['CreateStream', ['DeleteStream']],
    ['ListShards', ['DeleteStream']],
    ['prepare', ['drop', 'DeleteStream']],
  ])('undoes in reverse what was made when %s fails', async (failing, undone) => {
    const { target, steps } = stackThatFails([failing]);
    await expect(createRun(target, OPTIONS)).rejects.toThrow(`no ${failing}`);
    expect(steps()).toEqual([...MADE.slice(0, MADE.indexOf(failing) + 1), ...undone]);
  });

  it('says what failed first where undoing it fails too, and undoes the rest', async () => {
    const { target, steps } = stackThatFails(['prepare', 'drop']);
    await expect(createRun(target, OPTIONS)).rejects.toThrow(
      /^results failed: no prepare; Run (\w+) may have left something behind, on events-run-\1: results failed: no drop; remove it with npm run remove-runs -- \1$/,
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
    const { StreamName } = inputOf(target.calls, 'CreateStream') as { StreamName: string };
    expect(inputOf(target.calls, 'DeleteStream')).toEqual({ StreamName, EnforceConsumerDeletion: true });
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

  it.each([
    ['CreateStream', ['DeleteStream']],
    ['ListShards', ['prepare', 'drop', 'DeleteStream']],
  ])('leaves nothing where the signal comes after %s', async (last, after) => {
    const stop = new AbortController();
    const { target, steps } = stackThatFails([], {
      onCall: ({ name }) => void (name === last && stop.abort('interrupted')),
    });
    await expect(createRun(target, { ...OPTIONS, signal: stop.signal })).rejects.toBe('interrupted');
    expect(steps()).toEqual([...MADE.slice(0, MADE.indexOf(last) + 1), ...after]);
  });

  it('tells what it is about to do', async () => {
    const { target } = stackThatFails();
    const told: string[] = [];
    const run = await createRun(target, { ...OPTIONS, onStep: (step) => told.push(step) });
    await run.attachMapping({});
    expect(told).toEqual([
      'asking the database',
      "making the run's stream and schemas",
      "waiting for the run's mapping to be enabled",
    ]);
  });

  it('gives every run an id of its own', async () => {
    const { target } = stackThatFails();
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await createRun(target, OPTIONS)).id));
    expect(new Set(ids).size).toBe(20);
  });
});

describe('attachMapping', () => {
  it("gives the run's mapping the settings of the deployed one, from the stream's beginning", async () => {
    const { target, steps } = stackThatFails();
    const run = await createRun(target, OPTIONS);
    const mapping = await run.attachMapping({});
    expect(steps().slice(MADE.length)).toEqual(MAPPED);
    expect(inputOf(target.calls, 'CreateEventSourceMapping')).toEqual({
      ...DEPLOYED_MAPPING,
      FunctionName: 'micro',
      EventSourceArn: `arn:aws:kinesis:us-east-1:000000000000:stream/${run.streamName}`,
      StartingPosition: 'TRIM_HORIZON',
    });
    expect(mapping).toEqual({ batchSize: 500, batchingWindowSeconds: 1 });
  });

  it('changes those settings that it is given, zero too', async () => {
    const { target } = stackThatFails();
    const run = await createRun(target, OPTIONS);
    expect(await run.attachMapping({ batchSize: 10, batchingWindowSeconds: 0 })).toEqual({
      batchSize: 10,
      batchingWindowSeconds: 0,
    });
    expect(inputOf(target.calls, 'CreateEventSourceMapping')).toMatchObject({
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      MaximumRetryAttempts: -1,
    });
  });

  it('ends on the signal while the mapping is not enabled', async () => {
    const stop = new AbortController();
    const { target } = stackThatFails([], {
      onCall: ({ name }) => void (name === 'CreateEventSourceMapping' && stop.abort('interrupted')),
    });
    const run = await createRun(target, { ...OPTIONS, signal: stop.signal });
    await expect(run.attachMapping({})).rejects.toBe('interrupted');
  });
});

describe('reset', () => {
  it('drops both schemas and makes them as they were, for the same stream and shards', async () => {
    const { target, steps } = stackThatFails();
    const run = await createRun(target, OPTIONS);
    const made = target.calls.length;
    await run.reset();
    expect(steps().slice(made)).toEqual(['drop', 'prepare']);
    const again = target.calls.slice(made);
    expect(requestOf(again, 'drop')).toEqual({ action: 'drop', run: run.id });
    expect(requestOf(again, 'prepare')).toEqual(requestOf(target.calls, 'prepare'));
  });
});

describe('remove', () => {
  it.each([
    [false, [...UNMAPPED, 'drop', 'DeleteStream']],
    [true, [...UNMAPPED, 'DeleteStream']],
  ])('undoes everything in reverse, with keepSchemas %s', async (keepSchemas, undone) => {
    const { target, steps } = stackThatFails();
    const run = await createMappedRun(target);
    await run.remove({ keepSchemas });
    expect(steps().slice(MADE.length + MAPPED.length)).toEqual(undone);
    expect(inputOf(target.calls, 'DeleteEventSourceMapping')).toEqual({ UUID: 'mapping-1' });
    expect(inputOf(target.calls, 'DeleteStream')).toEqual({
      StreamName: run.streamName,
      EnforceConsumerDeletion: true,
    });
  });

  it('asks for no mapping where none was attached', async () => {
    const { target, steps } = stackThatFails();
    const run = await createRun(target, OPTIONS);
    await run.remove({ keepSchemas: false });
    expect(steps().slice(MADE.length)).toEqual(['drop', 'DeleteStream']);
  });

  it.each([
    ['GetEventSourceMapping', ['ListEventSourceMappings', 'drop', 'DeleteStream']],
    ['CreateEventSourceMapping', ['ListEventSourceMappings', 'drop', 'DeleteStream']],
    ['awaitMapping', ['DeleteEventSourceMapping', 'GetEventSourceMapping', 'drop', 'DeleteStream']],
  ])('looks for a mapping that failed with %s', async (failing, undone) => {
    const { target, steps } = stackThatFails([failing]);
    const run = await createRun(target, OPTIONS);
    await expect(run.attachMapping({})).rejects.toThrow(`no ${failing}`);
    const tried = target.calls.length;
    await run.remove({ keepSchemas: false }).catch(() => undefined); // what fails to be made here can't be looked up either
    expect(steps().slice(tried)).toEqual(undone);
  });

  it("removes a mapping that was made though the answer was lost, found by the run's stream", async () => {
    const { target, steps } = stackThatLosesItsMapping();
    const run = await createRun(target, OPTIONS);
    await expect(run.attachMapping({})).rejects.toThrow(/^no answer$/);
    const tried = target.calls.length;
    await run.remove({ keepSchemas: false });
    expect(steps().slice(tried)).toEqual([
      'ListEventSourceMappings',
      'DeleteEventSourceMapping',
      'GetEventSourceMapping',
      'drop',
      'DeleteStream',
    ]);
    expect(inputOf(target.calls, 'DeleteEventSourceMapping')).toEqual({ UUID: 'mapping-1' });
  });

  it('goes on after a step that fails, and says what is left', async () => {
    const place = { name: 'aws', stack: 'Clicks' } as const;
    const { target, steps } = stackThatFails(['DeleteEventSourceMapping', 'drop'], { place });
    const run = await createMappedRun(target);
    const made = target.calls.length;
    await expect(run.remove({ keepSchemas: false })).rejects.toThrow(
      `Run ${run.id} may have left something behind, on ${run.streamName}: no DeleteEventSourceMapping; results failed: no drop; ` +
        `remove it with npm run remove-runs -- --target aws --stack Clicks ${run.id}`,
    );
    expect(steps().slice(made)).toEqual(['DeleteEventSourceMapping', 'drop', 'DeleteStream']);
  });

  it('does nothing the second time', async () => {
    const { target, steps } = stackThatFails();
    const run = await createMappedRun(target);
    await run.remove({ keepSchemas: true });
    const done = steps().length;
    await run.remove({ keepSchemas: false });
    expect(steps()).toHaveLength(done);
  });
});

/** A stack that makes the run's mapping, the answer of which never comes; the deployed one is listed beside it. */
function stackThatLosesItsMapping() {
  const mappings = new Map([['mapping-0', DEPLOYED_MAPPING.EventSourceArn]]);
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
      if (mappings.has(uuid)) return DEPLOYED_MAPPING;
      throw new ResourceNotFoundException({ message: 'no such mapping', $metadata: {}, Type: 'User' });
    },
  });
}

const NEVER = new AbortController().signal;
const optionsWith = (signal: AbortSignal = NEVER) => ({
  shards: 2,
  settings: SETTINGS,
  onStep: () => undefined,
  signal,
});
describe('withinRun', () => {
  it('works in a run, removes it, and hands on what came of the work', async () => {
    const { target, steps } = stackThatFails();
    const seen = await withinRun(target, optionsWith(), async ({ streamName }) => streamName);
    expect(seen).toMatch(/^events-run-\w{8}$/);
    expect(steps().slice(MADE.length)).toEqual(['drop', 'DeleteStream']);
  });

  it('keeps the tables of work that ended well where they are wanted', async () => {
    const { target, steps } = stackThatFails();
    await withinRun(target, { ...optionsWith(), keepSchemas: true }, async () => 1);
    expect(steps().slice(MADE.length)).toEqual(['DeleteStream']);
  });

  it('removes the run where the work fails, its tables too, and throws that', async () => {
    const { target, steps } = stackThatFails();
    const failing = withinRun(target, { ...optionsWith(), keepSchemas: true }, async () => {
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow(/^no room$/);
    expect(steps().slice(MADE.length)).toEqual(['drop', 'DeleteStream']);
  });

  it('says what is left where work and removal fail', async () => {
    const { target, steps } = stackThatFails(['drop']);
    const failing = withinRun(target, optionsWith(), async () => {
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow(
      /^no room; and the run was not removed: Run (\w+) may have left something behind, on events-run-\1: results failed: no drop; /,
    );
    expect(steps().slice(MADE.length)).toEqual(['drop', 'DeleteStream']);
  });

  it('gives null, with the run and its tables removed, where the signal ended the work', async () => {
    const stop = new AbortController();
    const { target, steps } = stackThatFails();
    const ended = await withinRun(target, { ...optionsWith(stop.signal), keepSchemas: true }, async () => {
      stop.abort(new Error('interrupted'));
      stop.signal.throwIfAborted();
    });
    expect(ended).toBeNull();
    expect(steps().slice(MADE.length)).toEqual(['drop', 'DeleteStream']);
  });

  it('gives null where the signal came before the run was made', async () => {
    const { target, steps } = stackThatFails();
    let worked = false;
    const ended = await withinRun(target, optionsWith(AbortSignal.abort()), async () => {
      worked = true;
    });
    expect({ ended, worked }).toEqual({ ended: null, worked: false });
    expect(steps().at(-1)).toBe('DeleteStream');
  });

  it('throws what fails for a reason of its own after the signal', async () => {
    const stop = new AbortController();
    const { target } = stackThatFails();
    const failing = withinRun(target, optionsWith(stop.signal), async () => {
      stop.abort();
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow('no room');
  });
});
