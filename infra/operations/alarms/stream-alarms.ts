import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Observed } from '../observed.ts';
import { loadEvaluation, spellSeconds } from './evaluation.ts';
import { periodOf, stackAlarm } from './stack-alarm.ts';

/** Write limit of a shard, as in infra/config/possible.ts. */
const SHARD_IN_BYTES_PER_SECOND = 1_000_000;

/** The stream refuses records. A record that its producer does not send again is in no count and in no quarantine. */
export function watchRefusedWrites(scope: Construct, topic: ITopic | undefined, { stream }: Observed): void {
  stackAlarm(scope, topic, {
    level: 'warning',
    what: 'stream-refuses-writes',
    means:
      'A shard was full and refused a record: 1 is worth a look, since a producer that does not send it again has lost it, ' +
      'and nothing here can know of it.',
    metric: stream.metric('WriteProvisionedThroughputExceeded', { statistic: 'Sum', period: Duration.minutes(5) }),
    count: 1,
    threshold: 1,
    missingData: TreatMissingData.NOT_BREACHING,
  });
}

/** The load exceeds the configured `shardLoad`. This matters only to a scheduled batch, which has to catch up. */
export function watchLoad(scope: Construct, topic: ITopic | undefined, { config, stream }: Observed): void {
  const { shardLoad, shards, window } = config;
  const evaluation = loadEvaluation(window);
  stackAlarm(scope, topic, {
    level: 'warning',
    what: 'stream-too-full',
    means:
      `The shards were fuller than shardLoad = ${shardLoad} % on average over ${spellSeconds(evaluation.periodSeconds)}: ` +
      'that a scheduled batch reads its window in time was judged by it.',
    metric: stream.metric('IncomingBytes', { statistic: 'Sum', period: periodOf(evaluation) }),
    count: evaluation.count,
    comparison: 'more than',
    threshold: Math.round((shardLoad / 100) * SHARD_IN_BYTES_PER_SECOND * shards * evaluation.periodSeconds),
    missingData: TreatMissingData.NOT_BREACHING,
  });
}
