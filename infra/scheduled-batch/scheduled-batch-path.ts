import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as InvokeFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Function as LambdaFunction, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { PathProps } from '../function/path-props.ts';
import { stackFunction } from '../function/stack-function.ts';
import { tickCron } from './ticks.ts';

/** Maximum age of a request for a run. An older one is useless, since the next tick reads the same records. */
const REQUEST_AGE = Duration.hours(1);

/**
 * A function that reads the stream itself, once a window, and a schedule that invokes it. A run that must stop early says
 * so in its answer. The answer goes to the event bus, where a rule invokes the function again for the rest.
 */
export class ScheduledBatchPath extends Construct {
  readonly function: LambdaFunction;
  readonly failedRuns: Queue;

  constructor(scope: Construct, id: string, { config, events, database, environment }: PathProps) {
    super(scope, id);
    this.failedRuns = failedRuns(this);
    const eventBusArn = Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
    this.function = stackFunction(this, 'Function', {
      entry: 'scheduled-batch',
      environment,
      login: database.loginOf('scheduledBatch'),
      statements: [
        events.allowReading(this),
        new PolicyStatement({ actions: ['events:PutEvents'], resources: [eventBusArn] }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.failedRuns.queueArn] }),
      ],
      memoryMb: config.memory,
      timeout: Duration.minutes(15),
      reservedConcurrency: 1, // of two runs at once, the database refuses one
      recursiveLoop: RecursiveLoop.ALLOW, // every run that asks for another has made progress
      onSuccess: { bind: () => ({ destination: eventBusArn }) },
      onFailure: { bind: () => ({ destination: this.failedRuns.queueArn }) },
      retryAttempts: 2,
      maxEventAge: REQUEST_AGE,
    });
    this.#askAtTicks(tickCron(config.window, config.bound + config.margin));
    this.#askForTheRest();
  }

  #askAtTicks(expression: string): void {
    const role = new Role(this, 'TicksRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        Work: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.function.functionArn] }),
            new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.failedRuns.queueArn] }),
          ],
        }),
      },
    });
    new Schedule(this, 'Ticks', {
      schedule: ScheduleExpression.expression(expression),
      target: new LambdaInvoke(this.function, {
        role: role.withoutPolicyUpdates(), // otherwise the target adds every version of the function
        input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
        retryAttempts: 5,
        maxEventAge: REQUEST_AGE,
        deadLetterQueue: this.failedRuns,
      }),
    });
  }

  #askForTheRest(): void {
    new Rule(this, 'Continuation', {
      eventPattern: {
        source: ['lambda'],
        detailType: ['Lambda Function Invocation Result - Success'],
        resources: [`${this.function.functionArn}:$LATEST`],
        detail: { responsePayload: { continues: [true] } },
      },
      targets: [
        new InvokeFunction(this.function, {
          event: RuleTargetInput.fromObject({
            stream: EventField.fromPath('$.detail.responsePayload.stream'),
            cutOffMs: EventField.fromPath('$.detail.responsePayload.cutOffMs'),
          }),
          maxEventAge: REQUEST_AGE,
          deadLetterQueue: this.failedRuns,
        }),
      ],
    });
  }
}

/** Queue for requests that failed after their retries, and for those that never reached the function. */
function failedRuns(scope: Construct): Queue {
  const queue = new Queue(scope, 'FailedRuns', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is where failures end: nobody consumes it, an alarm watches it.',
  });
  return queue;
}
