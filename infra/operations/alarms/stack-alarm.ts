import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, type TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { EMULATOR_ACCOUNT } from '../../config/emulator-account.ts';
import type { Evaluation } from './evaluation.ts';

/** `page`: act before the deadline in the description. `warning`: look at it in working hours. */
type Level = 'page' | 'warning';

type StackAlarmProps = {
  level: Level;
  /** Last part of the alarm's name, in kebab-case. */
  what: string;
  /** Heading in docs/runbook.md; `what` by default. */
  section?: string;
  /** The event, and the reason for the threshold. */
  means: string;
  metric: IMetric;
  /** Number of evaluated periods of the metric. */
  count: number;
  /** Number of breaching periods among `count` that raise the alarm; all by default. */
  atLeast?: number;
  comparison?: 'at least' | 'more than' | 'less than';
  threshold: number;
  missingData: TreatMissingData;
};

const OPERATORS = {
  'at least': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  'more than': ComparisonOperator.GREATER_THAN_THRESHOLD,
  'less than': ComparisonOperator.LESS_THAN_THRESHOLD,
} as const;

/** Makes an alarm of this stack: its name holds stack and level, its description names the section of the runbook. */
export function stackAlarm(scope: Construct, topic: ITopic | undefined, props: StackAlarmProps): Alarm {
  const { level, what, section = what, means, metric, count, comparison = 'at least', threshold, missingData } = props;
  const alarm = new Alarm(scope, `${level}-${what}`, {
    alarmName: `${Stack.of(scope).stackName}-${level}-${what}`,
    alarmDescription: `${means} See "${section}" in docs/runbook.md.`,
    metric,
    evaluationPeriods: count,
    ...(props.atLeast === undefined ? {} : { datapointsToAlarm: props.atLeast }),
    comparisonOperator: OPERATORS[comparison],
    threshold,
    treatMissingData: missingData,
  });
  if (topic !== undefined) {
    const notify = new SnsAction(topic);
    alarm.addAlarmAction(notify);
    alarm.addOkAction(notify);
  }
  return alarm;
}

/** The topic that alarms notify; undefined when none is configured. */
export function alarmTopic(scope: Construct, arn: string | null | undefined): ITopic | undefined {
  return arn ? Topic.fromTopicArn(scope, 'Topic', arn) : undefined;
}

/**
 * Whether the stack can have alarms on metric math. MiniStack refuses a template with one, and no emulator would ever
 * deliver the metrics.
 */
export function takesMetricMath(scope: Construct): boolean {
  return Stack.of(scope).account !== EMULATOR_ACCOUNT;
}

export function periodOf({ periodSeconds }: Evaluation): Duration {
  return Duration.seconds(periodSeconds);
}
