import { describe, expect, it } from 'vitest';
import { defaultAsyncInvokeSettings } from '#localstack/embedded/lambda/async-invocations.ts';
import { checkDestinations, type StackPlan } from '#localstack/embedded/template/stack-plan.ts';

const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/default';
const BUCKET = 'arn:aws:s3:::failures';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:failures';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:batch';

const PLAN: StackPlan = {
  stackName: 'Small',
  streams: [],
  functions: [
    {
      functionName: 'batch',
      handler: 'index.handler',
      codeDir: '.',
      runtime: 'nodejs24.x',
      memorySizeMb: 128,
      timeoutSeconds: 3,
      environment: {},
      reservedConcurrency: null,
      logGroupName: '/aws/lambda/batch',
    },
  ],
  asyncInvokes: [],
  mappings: [],
  schedules: [],
  rules: [],
  triggers: [],
  buckets: ['failures'],
  queues: ['failures'],
  outputs: {},
};

const async = (onSuccessArn: string | null, onFailureArn: string | null): Partial<StackPlan> => ({
  asyncInvokes: [{ ...defaultAsyncInvokeSettings('batch'), onSuccessArn, onFailureArn }],
});

const schedule = (targetArn: string): Partial<StackPlan> => ({
  schedules: [{ name: 'tick', expression: 'rate(1 minute)', timeZone: 'UTC', enabled: true, targetArn, input: '{}' }],
});

const rule = (functionArn: string, deadLetterArn: string | null = null): Partial<StackPlan> => ({
  rules: [{ name: 'again', matches: () => true, targets: [{ functionArn, deadLetterArn, input: () => '{}' }] }],
});

describe('checkDestinations', () => {
  it.each([
    ['none', async(null, null)],
    ['the bus and a queue', async(BUS, QUEUE)],
    ['a queue and a bucket', async(QUEUE, BUCKET)],
    ['a function and the bus', async(`${FUNCTION}:$LATEST`, BUS)],
    ['the target of a schedule', schedule(FUNCTION)],
    ['the target of a rule and its queue', rule(`${FUNCTION}:1`, QUEUE)],
  ])('accepts %s', (_what, part) => {
    expect(() => checkDestinations({ ...PLAN, ...part })).not.toThrow();
  });

  it.each([
    [async(BUCKET, null), "the on-success destination of 'batch': got 'arn:aws:s3:::failures', expected a function"],
    [async(null, `${QUEUE}-gone`), "the on-failure destination of 'batch': got 'arn:aws:sqs"],
    [async(BUS.replace('default', 'own'), null), "got 'arn:aws:events:us-east-1:000000000000:event-bus/own'"],
    [schedule(`${FUNCTION}:live`), "the target of schedule 'tick': got 'arn:aws:lambda"],
    [rule(QUEUE), "the target of rule 'again': got 'arn:aws:sqs:us-east-1:000000000000:failures', expected a function"],
    [rule(FUNCTION, BUCKET), "the dead-letter queue of rule 'again': got 'arn:aws:s3:::failures', expected a queue"],
  ])('refuses what is not of the stack or of no use there: %#', (part, message) => {
    expect(() => checkDestinations({ ...PLAN, ...part })).toThrow(message);
  });
});
