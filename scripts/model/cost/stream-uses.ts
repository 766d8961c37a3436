import { type Deployment, ownerOf, runsMicroBatch, runsScheduledBatch } from '../deployment.ts';
import { FREE_RETENTION_HOURS } from '../limits/retention.ts';
import type { ModelParameters } from '../parameters.ts';
import { putUnitsPerSecond, type Workload } from '../workload/workload.ts';
import type { StackUse } from './term.ts';

/** For how long a stream stands, and keeps what it is given. */
export type StreamTime = {
  readonly hours: number;
  /** How long events come. */
  readonly loadSeconds: number;
  /** How long whoever reads needs them kept. */
  readonly neededHours: number;
};

/** The stream that either path reads. */
export function streamUses(
  parameters: ModelParameters,
  workload: Workload,
  deployment: Deployment,
  { hours, loadSeconds, neededHours }: StreamTime,
): StackUse[] {
  const { shards, retentionHours } = deployment;
  // The producer, the mapping and the batch each ask for the data key again while events flow.
  const askers = 1 + Number(runsMicroBatch(deployment)) + Number(runsScheduledBatch(deployment));
  const keyRequests = workload.eventsPerSecond > 0 ? parameters.kmsRequestsPerHour * hours * askers : 0;
  const putUnits = putUnitsPerSecond(workload) * loadSeconds;
  const keptLonger = neededHours > FREE_RETENTION_HOURS ? shards * hours : 0;
  const owner = 'shared';
  return [
    {
      id: 'stream-shards',
      label: 'Stream: shards',
      phrase: 'stream (shards)',
      owner,
      price: 'kinesis-shard-hour',
      quantity: shards * hours,
    },
    {
      id: 'stream-puts',
      label: 'Stream: PUT units',
      phrase: 'stream (PUT units)',
      owner,
      price: 'kinesis-put-unit',
      quantity: putUnits,
    },
    {
      id: 'stream-retention',
      label: 'Stream: kept beyond 24 h',
      phrase: 'stream (kept beyond 24 h)',
      // A batch of long windows alone asks for more than is kept for either path.
      owner: neededHours > retentionHours ? ownerOf(deployment) : owner,
      price: 'kinesis-retention-shard-hour',
      quantity: keptLonger,
    },
    {
      id: 'stream-keys',
      label: 'Stream: key requests',
      phrase: 'stream (key requests)',
      owner,
      price: 'kms-request',
      quantity: keyRequests,
    },
  ];
}
