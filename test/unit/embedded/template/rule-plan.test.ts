import { describe, expect, it } from 'vitest';
import { lambdaResultEvent } from '#localstack/embedded/events/bus.ts';
import { planRule } from '#localstack/embedded/template/rule-plan.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:batch';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:failures';

const resultOf = (responsePayload: unknown) =>
  lambdaResultEvent('Success', { responsePayload }, [`${FUNCTION}:$LATEST`], 0);

const plan = (values: Record<string, unknown>) => planRule('again', { place: "resource 'Again'", values });

/** The rule that continues a batch, as the CDK writes it. */
const AGAIN = {
  EventPattern: {
    source: ['lambda'],
    'detail-type': ['Lambda Function Invocation Result - Success'],
    resources: [`${FUNCTION}:$LATEST`],
    detail: { responsePayload: { continues: [true] } },
  },
  State: 'ENABLED',
  Targets: [
    {
      Arn: FUNCTION,
      Id: 'Target0',
      DeadLetterConfig: { Arn: QUEUE },
      RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 },
      InputTransformer: {
        InputPathsMap: { 'detail-responsePayload-cutOffMs': '$.detail.responsePayload.cutOffMs' },
        InputTemplate: '{"cutOffMs":<detail-responsePayload-cutOffMs>}',
      },
    },
  ],
};

const withTarget = (target: object) => ({ ...AGAIN, Targets: [{ Arn: FUNCTION, Id: 'Target0', ...target }] });

const inputOf = (target: object) =>
  JSON.parse(plan(withTarget(target))?.targets[0]?.input(resultOf({ cutOffMs: 5 })) ?? '');

describe('planRule', () => {
  it('matches what the pattern says and gives the target its input', () => {
    const rule = plan(AGAIN);
    expect(rule?.matches(resultOf({ continues: true, cutOffMs: 5 }))).toBe(true);
    expect(rule?.matches(resultOf({ continues: false, cutOffMs: 5 }))).toBe(false);
    expect(rule?.targets).toEqual([{ functionArn: FUNCTION, deadLetterArn: QUEUE, input: expect.any(Function) }]);
    expect(rule?.targets[0]?.input(resultOf({ cutOffMs: 5 }))).toBe('{"cutOffMs":5}');
  });

  it('gives the whole event, a part of it, or a constant', () => {
    expect(inputOf({})).toMatchObject({ source: 'lambda', detail: { responsePayload: { cutOffMs: 5 } } });
    expect(inputOf({ InputPath: '$.detail.responsePayload' })).toEqual({ cutOffMs: 5 });
    expect(inputOf({ Input: '{"constant":true}' })).toEqual({ constant: true });
  });

  it('has no input where the event lacks the part', () => {
    expect(() => inputOf({ InputPath: '$.detail.other' })).toThrow('the event has no $.detail.other');
  });

  it('is on the default bus, by name or by ARN', () => {
    expect(plan({ ...AGAIN, EventBusName: 'default' })).not.toBeNull();
    expect(plan({ ...AGAIN, EventBusName: 'arn:aws:events:us-east-1:000000000000:event-bus/default' })).not.toBeNull();
  });

  it('is left out when it is disabled', () => {
    expect(plan({ ...AGAIN, State: 'DISABLED' })).toBeNull();
  });

  it.each([
    ['another bus', { ...AGAIN, EventBusName: 'own' }, `EventBusName: got "own", expected the default event bus`],
    [
      'a schedule',
      { ScheduleExpression: 'rate(1 minute)' },
      'ScheduleExpression: got "rate(1 minute)", expected no value',
    ],
    ['an unknown operator', { EventPattern: { a: [{ cidr: '1' }] } }, `resource 'Again'.EventPattern.a: got {"cidr"`],
    [
      'two inputs',
      withTarget({ Input: '{}', InputPath: '$' }),
      'Targets.0.InputPath: got "$", expected no value beside',
    ],
    [
      'an unknown placeholder',
      withTarget({ InputTransformer: { InputTemplate: '<other>' } }),
      "Targets.0.InputTransformer.InputTemplate: the placeholder '<other>'",
    ],
    [
      'targets that are no list',
      { ...AGAIN, Targets: {} },
      `Invalid resource 'Again'.Targets: got {}, expected a list`,
    ],
  ])('refuses %s', (_what, values, message) => {
    expect(() => plan(values)).toThrow(message);
  });
});
