import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordingHandler, type SmallStack, startSmallStack, stream } from './small-stack.ts';
import { numbered, putTexts } from './stream-load.ts';

let stack: SmallStack;
const EventSourceArn = 'arn:aws:kinesis:us-east-1:000000000000:stream/events';
const PATIENT = { timeout: 25_000, interval: 50 };

beforeAll(async () => {
  stack = await startSmallStack({ reader: { code: recordingHandler() } }, { Events: stream(2) });
});

afterAll(() => stack.close());

const request = { EventSourceArn, FunctionName: 'reader', StartingPosition: 'TRIM_HORIZON' } as const;

async function state(UUID: string | undefined): Promise<string> {
  const answer = await stack.lambda.send(new GetEventSourceMappingCommand({ UUID })).catch((error: Error) => error);
  return answer instanceof Error ? answer.name : (answer.State ?? '');
}

describe('event source mappings by API', () => {
  it('deliver while enabled, go on where they stopped, and end when deleted', async () => {
    const { lambda, kinesis, seen } = stack;
    const created = await lambda.send(
      new CreateEventSourceMappingCommand({ ...request, BatchSize: 10, BisectBatchOnFunctionError: true }),
    );
    expect(created).toMatchObject({
      State: 'Creating',
      BatchSize: 10,
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:reader',
      MaximumRetryAttempts: -1,
    });
    const { UUID } = created;
    await expect.poll(() => state(UUID), PATIENT).toBe('Enabled');
    await putTexts(kinesis, numbered('enabled', 40));
    await expect.poll(() => seen().length, PATIENT).toBe(40);

    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false, BatchSize: 7 }));
    await expect.poll(() => state(UUID), PATIENT).toBe('Disabled');
    await putTexts(kinesis, numbered('disabled', 40));
    const updated = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    expect(updated).toMatchObject({ BatchSize: 7, BisectBatchOnFunctionError: true });
    await expect.poll(() => seen().length, PATIENT).toBe(80);
    expect(new Set(seen()).size).toBe(80);

    const listed = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName: 'reader', EventSourceArn }));
    expect(listed.EventSourceMappings?.map((mapping) => mapping.UUID)).toEqual([UUID]);

    const deleted = await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
    expect(deleted.State).toBe('Deleting');
    await expect.poll(() => state(UUID), PATIENT).toBe('ResourceNotFoundException');
  });

  it('are refused with the errors of Lambda', async () => {
    const { lambda } = stack;
    const create = (changes: object) => lambda.send(new CreateEventSourceMappingCommand({ ...request, ...changes }));
    const { UUID } = await create({ Enabled: false });
    await expect(create({})).rejects.toMatchObject({ name: 'ResourceConflictException' });
    await expect(create({ FunctionName: 'nobody' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(create({ EventSourceArn: `${EventSourceArn}-gone` })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: `Stream not found: ${EventSourceArn}-gone`,
    });
    await expect(create({ ParallelizationFactor: 10 })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('a checkpoint per shard would lose events'),
    });
    await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
  });
});
