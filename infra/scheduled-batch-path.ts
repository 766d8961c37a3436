import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { PathProps } from './micro-batch-path.ts';
import { stackFunction } from './stack-function.ts';
import { tickCron } from './ticks.ts';

/** A function that reads the stream itself, once a window, and a schedule whose ticks it is asked at. */
export class ScheduledBatchPath extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, { stream, config, environment }: PathProps) {
    super(scope, id);
    this.function = stackFunction(this, 'Function', {
      entry: 'scheduled-batch',
      environment,
      memoryMb: config.memory,
      timeout: Duration.minutes(15),
      reservedConcurrency: 1, // two runs at once would only refuse each other
    });
    stream.grantRead(this.function);

    new Schedule(this, 'Ticks', {
      schedule: ScheduleExpression.expression(tickCron(config.window, config.bound + config.margin)),
      target: new LambdaInvoke(this.function, {
        input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
        retryAttempts: 5,
        maxEventAge: Duration.hours(1),
      }),
    });
  }
}
