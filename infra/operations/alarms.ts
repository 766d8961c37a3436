import { Annotations } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { watchDrift, watchQuarantine } from './alarms/count-alarms.ts';
import { watchCapacity } from './alarms/database-alarms.ts';
import { watchFunction } from './alarms/function-alarms.ts';
import { watchMicroBatch, watchStandstill } from './alarms/micro-batch-alarms.ts';
import { watchScheduledBatch } from './alarms/scheduled-batch-alarms.ts';
import { alarmTopic, takesMetricMath } from './alarms/stack-alarm.ts';
import { watchLoad, watchRefusedWrites } from './alarms/stream-alarms.ts';
import type { Observed } from './observed.ts';

/**
 * All alarms of the stack; docs/runbook.md explains each. They watch metrics of the functions and the platform. None asks
 * the database, because a query would keep it from pausing.
 */
export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, observed: Observed) {
    super(scope, id);
    const { config, microBatch, scheduledBatch, databaseCluster, functions } = observed;
    const topic = alarmTopic(this, config.alarmTopic);
    if (topic === undefined && config.protect) {
      const hint = 'Alarms notify nobody: pass -c alarmTopic=<ARN of an SNS topic>, or -c protect=false for a trial';
      Annotations.of(this).addWarningV2('tidemark:alarmTopic', hint);
    }

    if (microBatch !== undefined) watchMicroBatch(this, topic, observed, microBatch);
    if (scheduledBatch !== undefined) watchScheduledBatch(this, topic, observed, scheduledBatch);
    if (takesMetricMath(this)) {
      if (microBatch !== undefined) watchStandstill(this, topic, observed);
      if (microBatch !== undefined && scheduledBatch !== undefined) watchDrift(this, topic, observed);
    }
    watchQuarantine(this, topic, observed, microBatch === undefined ? 'scheduled-batch' : 'micro-batch');
    watchRefusedWrites(this, topic, observed);
    if (scheduledBatch !== undefined) watchLoad(this, topic, observed);
    if (databaseCluster !== undefined) watchCapacity(this, topic, observed, databaseCluster);
    for (const [name, handler] of Object.entries(functions)) watchFunction(this, topic, name, handler);
    this.alarms = this.node.children.filter((child) => child instanceof Alarm);
  }
}
