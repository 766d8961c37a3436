import { type Deployment, runsMicroBatch, runsScheduledBatch } from '../model/deployment.ts';
import { ASSUMPTIONS } from '../model/parameters.ts';
import { putUnitsPerSecond, type Workload } from '../model/workload.ts';
import type { Use } from './term.ts';

const FREE_RETENTION_HOURS = 24;

/**
 * The stream that either path reads.
 *
 * @param hours how long it stands
 * @param loadSeconds how long events come
 */
export function streamUses(workload: Workload, deployment: Deployment, hours: number, loadSeconds: number): Use[] {
  const { shards, retentionHours } = deployment;
  // The producer, the mapping and the batch each ask for the data key again while events flow.
  const askers = 1 + Number(runsMicroBatch(deployment)) + Number(runsScheduledBatch(deployment));
  const keyRequests = workload.eventsPerSecond > 0 ? ASSUMPTIONS.kmsRequestsPerHour * hours * askers : 0;
  const putUnits = putUnitsPerSecond(workload) * loadSeconds;
  const keptLonger = retentionHours > FREE_RETENTION_HOURS ? shards * hours : 0;
  const owner = 'shared';
  return [
    { id: 'stream-shards', label: 'Stream: shards', owner, price: 'kinesis-shard-hour', quantity: shards * hours },
    { id: 'stream-puts', label: 'Stream: PUT units', owner, price: 'kinesis-put-unit', quantity: putUnits },
    {
      id: 'stream-retention',
      label: 'Stream: kept beyond 24 h',
      owner,
      price: 'kinesis-retention-shard-hour',
      quantity: keptLonger,
    },
    { id: 'stream-keys', label: 'Stream: key requests', owner, price: 'kms-request', quantity: keyRequests },
  ];
}
