import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, InvokeCommand, type InvokeCommandOutput } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type SmallStack, startSmallStack } from './small-stack.ts';

let stack: SmallStack;

beforeAll(async () => {
  process.env.PARENT_SECRET = 'not for functions';
  stack = await startSmallStack(
    {
      echo: {
        code: `export const handler = async (event, context) => {
        console.log('a line of echo');
        const remainingMs = context.getRemainingTimeInMillis();
        return { event, context, remainingMs, env: process.env };
      };`,
        properties: { MemorySize: 200 },
      },
      thrower: { code: `export const handler = async () => { throw new RangeError('too far'); };` },
      sleeper: {
        code: 'export const handler = (event) => new Promise((resolve) => setTimeout(resolve, event.ms ?? 60_000, "slept"));',
        properties: { Timeout: 1 },
      },
      spinner: { code: 'export const handler = () => { for (;;); };', properties: { Timeout: 1 } },
      leaver: { code: 'export const handler = () => process.exit(3);' },
      rejecter: {
        code: `export const handler = () => { Promise.reject(new Error('forgotten')); return new Promise(() => {}); };`,
      },
      dreamer: { code: 'export const handler = () => new Promise(() => {});' },
      hoarder: {
        code: `const hoard = [];
        export const handler = async () => {
          for (;;) { hoard.push(Buffer.alloc(10_000_000, 1)); await new Promise((resolve) => setTimeout(resolve, 5)); }
        };`,
        properties: { MemorySize: 128 },
      },
      broken: { code: `throw new Error('broken from the start');` },
      nameless: { code: 'export const other = 1;' },
      talker: { code: `export const handler = async () => 'x'.repeat(7_000_000);` },
      single: {
        code: `import { existsSync } from 'node:fs';
          export const handler = async ({ until }) => {
            while (until && !existsSync(until)) await new Promise((resolve) => setTimeout(resolve, 10));
          };`,
        properties: { ReservedConcurrentExecutions: 1 },
      },
      writer: {
        code: `import { appendFileSync } from 'node:fs';
        export const handler = async (event) => appendFileSync(process.env.SEEN, event.text + '\\n');`,
      },
    },
    {
      Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failures' } },
      Async: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'thrower' },
          Qualifier: '$LATEST',
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
        },
      },
    },
  );
});

afterAll(() => stack.close());

async function invoke(FunctionName: string, event: unknown = {}, more: object = {}) {
  const output: InvokeCommandOutput = await stack.lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...more }),
  );
  const text = output.Payload?.transformToString() ?? '';
  return { output, answer: text === '' ? null : JSON.parse(text) };
}

function reportOf(output: InvokeCommandOutput) {
  const lines = Buffer.from(output.LogResult ?? '', 'base64')
    .toString()
    .trim()
    .split('\n');
  return JSON.parse(lines.at(-1) ?? '{}').record;
}

describe('a function that answers', () => {
  it('gets its event, context and environment, and no variables of this process', async () => {
    const { output, answer } = await invoke('echo', { hello: ['wörld'] });
    expect(output.FunctionError).toBeUndefined();
    expect(answer.event).toEqual({ hello: ['wörld'] });
    expect(answer.context).toMatchObject({
      functionName: 'echo',
      functionVersion: '$LATEST',
      memoryLimitInMB: '200',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:echo',
    });
    expect(answer.remainingMs).toBeGreaterThan(0);
    expect(answer.remainingMs).toBeLessThanOrEqual(20_000);
    expect(answer.env).toMatchObject({
      AWS_ENDPOINT_URL_KINESIS: stack.endpoints.kinesis,
      AWS_LAMBDA_FUNCTION_NAME: 'echo',
      TZ: 'UTC',
      _HANDLER: 'index.handler',
    });
    expect(answer.env).not.toHaveProperty('PARENT_SECRET');
  });

  it('is reported with its initialization when cold, and without when warm', async () => {
    const name = 'single';
    const cold = reportOf((await invoke(name, {}, { LogType: 'Tail' })).output);
    const warm = reportOf((await invoke(name, {}, { LogType: 'Tail' })).output);
    const { durationMs, initDurationMs, billedDurationMs } = cold.metrics;
    expect(cold.status).toBe('success');
    expect(initDurationMs).toBeGreaterThan(0);
    expect(Math.abs(billedDurationMs - (durationMs + initDurationMs))).toBeLessThan(1.02);
    expect(warm.metrics).not.toHaveProperty('initDurationMs');
    expect(warm.metrics.memorySizeMB).toBe(256);
    expect(warm.metrics.maxMemoryUsedMB).toBeGreaterThan(10);
  });

  it('has its lines in the log tail and in CloudWatch Logs', async () => {
    const { output } = await invoke('echo', {}, { LogType: 'Tail' });
    const tail = Buffer.from(output.LogResult ?? '', 'base64').toString();
    expect(tail).toContain('"type":"platform.start"');
    expect(tail).toContain('a line of echo');
    const { record } = JSON.parse(tail.trim().split('\n').at(-1) ?? '{}');
    const page = await stack.logs.send(
      new FilterLogEventsCommand({ logGroupName: '/aws/lambda/echo', filterPattern: '"platform.report"' }),
    );
    const requestIds = (page.events ?? []).map(({ message }) => JSON.parse(message ?? '{}').record.requestId);
    expect(requestIds).toContain(record.requestId);
  });

  it.each([
    'echo',
    'echo:$LATEST',
    '000000000000:function:echo',
    'arn:aws:lambda:us-east-1:000000000000:function:echo:1',
  ])('is found as %s', async (name) => {
    expect((await invoke(name)).output.StatusCode).toBe(200);
  });

  it('describes itself', async () => {
    const configuration = await stack.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'echo' }));
    expect(configuration).toMatchObject({
      FunctionName: 'echo',
      MemorySize: 200,
      Timeout: 20,
      LoggingConfig: { LogGroup: '/aws/lambda/echo' },
    });
  });
});

describe('a function that fails', () => {
  it.each([
    ['thrower', { errorType: 'RangeError', errorMessage: 'too far' }],
    ['leaver', { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') }],
    ['rejecter', { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'forgotten' }],
    ['dreamer', { errorType: 'Runtime.NodeJsExit' }],
    ['hoarder', { errorType: 'Runtime.OutOfMemory' }],
    ['broken', { errorType: 'Error', errorMessage: 'broken from the start' }],
    ['nameless', { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' }],
    ['talker', { errorType: 'Function.ResponseSizeTooLarge' }],
    [
      'sleeper',
      {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^\S+Z \S+ Task timed out after 1\.00 seconds$/),
      },
    ],
    ['spinner', { errorType: 'Sandbox.Timedout' }],
  ])('answers an unhandled error: %s', async (name, expected) => {
    const { output, answer } = await invoke(name, {}, { LogType: 'Tail' });
    expect(output.StatusCode).toBe(200);
    expect(output.FunctionError).toBe('Unhandled');
    expect(answer).toMatchObject(expected);
    const { status } = reportOf(output);
    expect(status).toBe(expected.errorType === 'Sandbox.Timedout' ? 'timeout' : 'error');
  });

  it('starts anew after a timeout', async () => {
    await invoke('sleeper');
    const { output, answer } = await invoke('sleeper', { ms: 1 }, { LogType: 'Tail' });
    expect(answer).toBe('slept');
    expect(reportOf(output).metrics).toHaveProperty('initDurationMs');
  });
});

describe('the Invoke API', () => {
  it('refuses more than the reserved concurrency', async () => {
    const until = join(tmpdir(), `tidemark-until-${process.pid}`);
    onTestFinished(() => rmSync(until, { force: true }));
    const first = invoke('single', { until });
    const second = () => invoke('single').catch((error: Error) => error.name);
    await expect.poll(second, { timeout: 20_000, interval: 20 }).toBe('TooManyRequestsException');
    writeFileSync(until, '');
    expect((await first).output.FunctionError).toBeUndefined();
  });

  it('refuses an unknown function by name', async () => {
    await expect(invoke('nobody')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody',
    });
  });

  it('refuses a request of more than 6 MB', async () => {
    await expect(invoke('echo', 'x'.repeat(6 * 1024 * 1024))).rejects.toMatchObject({
      name: 'RequestEntityTooLargeException',
      $metadata: { httpStatusCode: 413 },
    });
  });

  it('runs an Event invocation later and a DryRun never', async () => {
    const dry = await invoke('writer', { text: 'dry' }, { InvocationType: 'DryRun' });
    const event = await invoke('writer', { text: 'event' }, { InvocationType: 'Event' });
    expect([dry.output.StatusCode, event.output.StatusCode]).toEqual([204, 202]);
    await expect.poll(stack.seen, { timeout: 20_000 }).toContain('event');
    expect(stack.seen()).not.toContain('dry');
  });

  it('sends a failed Event invocation to its destination', async () => {
    await invoke('thrower', { number: 7 }, { InvocationType: 'Event' });
    await expect.poll(() => stack.queueMessages('failures').length, { timeout: 20_000 }).toBe(1);
    expect(JSON.parse(stack.queueMessages('failures')[0] ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
      requestPayload: { number: 7 },
      responsePayload: { errorType: 'RangeError', errorMessage: 'too far' },
    });
  });
});
