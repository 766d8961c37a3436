import { ResourceNotFoundException } from '@aws-sdk/client-kinesis';
import { ResourceNotFoundException as MappingNotFoundException } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { listRuns, removeRun } from '#bench/run/left-runs.ts';
import { type Call, scriptedTarget } from '#test/support/scripted-target.ts';

const arn = (stream: string) => `arn:aws:kinesis:us-east-1:000000000000:stream/${stream}`;

describe('listRuns', () => {
  it('names the runs that have a stream, a schema or both, on every page', async () => {
    const pages: Record<string, unknown> = {
      first: { StreamNames: ['events', 'events-run-both', 'other'], HasMoreStreams: true, NextToken: 'second' },
      second: { StreamNames: ['events-run-stream'], HasMoreStreams: false },
    };
    const target = scriptedTarget({
      invoke: () => ({ runs: ['schema', 'both'] }),
      kinesis: ({ input }) => pages[(input.NextToken as string | undefined) ?? 'first'],
    });
    expect(await listRuns(target)).toEqual(['both', 'schema', 'stream']);
  });

  it('names a run of which only the mapping is left', async () => {
    const target = scriptedTarget({
      invoke: () => ({ runs: [] }),
      kinesis: () => ({ StreamNames: ['events'] }),
      lambda: () => ({
        EventSourceMappings: [
          { UUID: 'deployed', EventSourceArn: arn('events') },
          { UUID: 'left', EventSourceArn: arn('events-run-left') },
        ],
      }),
    });
    expect(await listRuns(target)).toEqual(['left']);
  });

  it('leaves streams alone whose names only begin like those of runs', async () => {
    const others = ['events-run-x-events', 'events-run-', 'events-run-abc', 'events-run-UPPER'];
    const target = scriptedTarget({ invoke: () => ({ runs: [] }), kinesis: () => ({ StreamNames: others }) });
    expect(await listRuns(target)).toEqual([]);
  });

  it('names none where nothing is left', async () => {
    const target = scriptedTarget({ invoke: () => ({ runs: [] }), kinesis: () => ({ StreamNames: ['events'] }) });
    expect(await listRuns(target)).toEqual([]);
  });
});

/** A stack with mappings of the deployed stream and of two runs, on two pages. */
function stackWithMappings(deleteStream: () => unknown = () => ({})) {
  const pages: Record<string, unknown> = {
    first: {
      EventSourceMappings: [
        { UUID: 'deployed', EventSourceArn: arn('events') },
        { UUID: 'other', EventSourceArn: arn('events-run-gone2') },
      ],
      NextMarker: 'second',
    },
    second: { EventSourceMappings: [{ UUID: 'mine', EventSourceArn: arn('events-run-gone') }] },
  };
  return scriptedTarget({
    lambda({ name, input }: Call) {
      if (name === 'ListEventSourceMappings') return pages[(input.Marker as string | undefined) ?? 'first'];
      if (name === 'DeleteEventSourceMapping') return { State: 'Deleting' };
      throw new MappingNotFoundException({ message: 'no such mapping', $metadata: {}, Type: 'User' });
    },
    kinesis: deleteStream,
    invoke: () => ({ dropped: [] }),
  });
}

/** The calls that change something. */
const changes = (calls: readonly Call[]) =>
  calls.filter(({ name }) => !/^(List|Get)/.test(name)).map(({ input }) => input);

const DELETED_STREAM = { StreamName: 'events-run-gone', EnforceConsumerDeletion: true };
const DROPPED = { FunctionName: 'results', Payload: JSON.stringify({ action: 'drop', run: 'gone' }) };

describe('removeRun', () => {
  it("removes the run's mapping, stream and tables in this order, and nobody else's", async () => {
    const target = stackWithMappings();
    await removeRun(target, 'gone');
    expect(changes(target.calls)).toEqual([{ UUID: 'mine' }, DELETED_STREAM, DROPPED]);
    const looks = target.calls.filter(({ name }) => name === 'GetEventSourceMapping');
    expect(looks.map(({ input }) => input)).toEqual([{ UUID: 'mine' }]); // until it is gone
  });

  it('removes the tables where the stream is gone already', async () => {
    const target = stackWithMappings(() => {
      throw new ResourceNotFoundException({ message: 'not found', $metadata: {} });
    });
    await removeRun(target, 'gone');
    expect(changes(target.calls)).toContainEqual(DROPPED);
  });

  it('keeps the tables where the stream could not be removed', async () => {
    const target = stackWithMappings(() => {
      throw new Error('access denied');
    });
    await expect(removeRun(target, 'gone')).rejects.toThrow('access denied');
    expect(changes(target.calls)).not.toContainEqual(DROPPED);
  });
});
