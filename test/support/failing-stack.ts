import { ResourceNotFoundException } from '@aws-sdk/client-lambda';
import type { Target } from '#bench/targets/target.ts';
import { type Call, FunctionFailure, type Script, scriptedTarget } from './scripted-target.ts';

/** The deployed mapping, as Lambda shows it. */
export const DEPLOYED_MAPPING = {
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

/** A stack in which every step of a run works, but for those that fail; `steps` are those that were asked for. */
export function stackThatFails(
  failing: readonly string[] = [],
  script: Script = {},
): { target: Target & { calls: Call[] }; steps: () => string[] } {
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
      if (!isOfRun) return call.name === 'GetEventSourceMapping' ? DEPLOYED_MAPPING : { UUID: 'mapping-1' };
      if (!removed) return { UUID: 'mapping-1', State: 'Enabled' };
      throw new ResourceNotFoundException({ message: 'no such mapping', $metadata: {}, Type: 'User' });
    },
    invoke(_, { action, run }: { action: string; run: string }) {
      fail(action);
      return action === 'prepare'
        ? { schemas: { microBatch: `run_${run}_micro_batch`, scheduledBatch: `run_${run}_scheduled_batch` } }
        : { dropped: [] };
    },
    ...script,
  });
  return { target, steps: () => target.calls.map(stepOf) };
}

/** What a call of this name asked for. */
export const inputOf = (calls: readonly Call[], name: string): Call['input'] | undefined =>
  calls.find((call) => call.name === name)?.input;
