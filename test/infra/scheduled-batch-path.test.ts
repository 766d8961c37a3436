import { describe, expect, it } from 'vitest';
import { lagMs, parseSettings } from '#functions/core/settings.ts';
import { dueCutOffMs, isDue } from '#functions/core/window.ts';
import { nextTick, parseSchedule } from '#localstack/embedded/scheduler/schedule-expression.ts';
import { resourceOf, templateOf, textOf } from '../support/templates.ts';

const scheduleOf = (context: Record<string, string> = {}) =>
  resourceOf(templateOf(context), 'AWS::Scheduler::Schedule', 'ScheduledBatchTicks').Properties;
const functionOf = (context: Record<string, string> = {}) =>
  resourceOf(templateOf(context), 'AWS::Lambda::Function', 'ScheduledBatch').Properties;

describe('the schedule of the batch path', () => {
  it('invokes with the nominal time of its tick, retries, and sends undelivered ticks to the queue', () => {
    const { Target, ...schedule } = scheduleOf();
    expect(schedule).toMatchObject({
      State: 'ENABLED',
      ScheduleExpression: 'cron(1/5 * * * ? *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
    });
    expect(Target).toMatchObject({
      Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
      RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 },
    });
    expect(textOf(Target.Arn)).toBe('<ScheduledBatchFunction.Arn>');
    expect(textOf(Target.DeadLetterConfig.Arn)).toBe('<ScheduledBatchFailedRuns.Arn>');
    expect(textOf(Target.RoleArn)).toBe('<ScheduledBatchTicksRole.Arn>');
  });

  it.each([
    ['5 minutes', { window: '300' }],
    ['7 minutes', { window: '420' }],
    ['90 minutes', { window: '5400' }],
    ['7 minutes with a lag of 3', { window: '420', bound: '170', margin: '10' }],
    ['90 minutes with a lag of 2 hours', { window: '5400', bound: '7198', margin: '2' }],
    ['an hour', { window: '3600' }],
    ['a day', { window: '86400', retention: '49' }],
  ])('makes every window of a week due exactly once, soon after its end + lag: windows of %s', (_, context) => {
    const variables = functionOf(context).Environment.Variables;
    const settings = parseSettings(JSON.parse(variables.SETTINGS));
    const times = parseSchedule(scheduleOf(context).ScheduleExpression);
    const fromMs = Date.parse('2026-03-02T00:00:00Z');
    const untilMs = fromMs + 7 * 86_400_000;

    const cutOffs: number[] = [];
    const delaysMs: number[] = [];
    for (let tickMs = nextTick(times, fromMs - 1, 0); tickMs < untilMs; tickMs = nextTick(times, tickMs, 0)) {
      if (!isDue(tickMs, Number(variables.TICK_MS), settings)) continue;
      const cutOffMs = dueCutOffMs(tickMs, settings);
      cutOffs.push(cutOffMs);
      delaysMs.push(tickMs - cutOffMs);
    }

    const ends = cutOffs.map((cutOffMs) => cutOffMs - lagMs(settings));
    const expected = Array.from({ length: ends.length }, (_none, index) => (ends[0] ?? 0) + index * settings.windowMs);
    expect(ends).toEqual(expected);
    expect((ends[0] ?? 0) % settings.windowMs).toBe(0);
    expect(Math.abs(ends.length - (untilMs - fromMs) / settings.windowMs)).toBeLessThanOrEqual(1);
    expect(Math.min(...delaysMs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delaysMs)).toBeLessThan(60_000);
  });
});

describe('a run of the batch', () => {
  const template = templateOf();

  it('that fails is retried twice within the hour, then stays in an encrypted queue for two weeks', () => {
    const config = resourceOf(template, 'AWS::Lambda::EventInvokeConfig', 'ScheduledBatch').Properties;
    expect(config).toMatchObject({ Qualifier: '$LATEST', MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 });
    expect(textOf(config.FunctionName)).toBe('<ScheduledBatchFunction>');
    expect(textOf(config.DestinationConfig.OnFailure.Destination)).toBe('<ScheduledBatchFailedRuns.Arn>');
    expect(resourceOf(template, 'AWS::SQS::Queue', 'ScheduledBatchFailedRuns').Properties).toEqual({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
    });
  });

  it('that stops early is continued by a rule on its answer, which Lambda does not take for a recursive loop', () => {
    const config = resourceOf(template, 'AWS::Lambda::EventInvokeConfig', 'ScheduledBatch').Properties;
    expect(textOf(config.DestinationConfig.OnSuccess.Destination)).toMatch(/^arn:.*:event-bus\/default$/);
    expect(functionOf().RecursiveLoop).toBe('Allow');

    const rule = resourceOf(template, 'AWS::Events::Rule', 'ScheduledBatch').Properties;
    const { resources, ...pattern } = rule.EventPattern;
    expect(rule.State).toBe('ENABLED');
    expect(rule).not.toHaveProperty('EventBusName'); // absent means the default bus
    expect(pattern).toEqual({
      source: ['lambda'],
      'detail-type': ['Lambda Function Invocation Result - Success'],
      detail: { responsePayload: { continues: [true] } },
    });
    expect(resources.map(textOf)).toEqual(['<ScheduledBatchFunction.Arn>:$LATEST']);
    expect(rule.Targets).toHaveLength(1);
    const [target] = rule.Targets;
    expect(textOf(target.Arn)).toBe('<ScheduledBatchFunction.Arn>');
    expect(textOf(target.DeadLetterConfig.Arn)).toBe('<ScheduledBatchFailedRuns.Arn>');
    // EventBridge quotes a text that it fills in, but not a number.
    const { InputPathsMap, InputTemplate } = target.InputTransformer;
    const filled = InputTemplate.replace(/<([^>]+)>/g, (_whole: string, name: string) => `"${InputPathsMap[name]}"`);
    expect(JSON.parse(filled)).toEqual({
      stream: '$.detail.responsePayload.stream',
      cutOffMs: '$.detail.responsePayload.cutOffMs',
    });
  });
});
