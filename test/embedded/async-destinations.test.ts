import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { type SmallStack, startSmallStack } from './small-stack.ts';

const PATIENT = { timeout: 25_000, interval: 50 };
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/default';

let stack: SmallStack | null = null;

afterEach(() => stack?.close());

/** A function that continues until the third round. */
const CONTINUING = `
  import { appendFileSync } from 'node:fs';
  export const handler = async ({ stream, cutOffMs, round = 1 }) => {
    appendFileSync(process.env.SEEN, JSON.stringify({ stream, cutOffMs, round }) + '\\n');
    return { stream, cutOffMs, round: round + 1, continues: round < 3 };
  };`;

const NOTING = `
  import { appendFileSync } from 'node:fs';
  export const handler = async (event) => appendFileSync(process.env.SEEN, JSON.stringify(event) + '\\n');`;

const FAILING = `
  import { appendFileSync } from 'node:fs';
  export const handler = async ({ number }) => {
    appendFileSync(process.env.SEEN, 'attempt\\n');
    throw new RangeError('no ' + number);
  };`;

const SLEEPING = `
  import { appendFileSync } from 'node:fs';
  export const handler = () => {
    appendFileSync(process.env.SEEN, 'attempt\\n');
    return new Promise((resolve) => setTimeout(resolve, 60_000));
  };`;

const onDestinations = (functionName: string, destinations: object, more: object = {}) => ({
  Type: 'AWS::Lambda::EventInvokeConfig',
  Properties: {
    FunctionName: { Ref: functionName },
    Qualifier: '$LATEST',
    DestinationConfig: destinations,
    ...more,
  },
});

/** A rule that sends results of the function to one target. */
const onResult = (functionName: string, outcome: string, more: object, target: object) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: {
      source: ['lambda'],
      'detail-type': [`Lambda Function Invocation Result - ${outcome}`],
      resources: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': [functionName, 'Arn'] }, ':$LATEST']] }],
      ...more,
    },
    Targets: [{ Id: 'Target0', ...target }],
  },
});

const invokeLater = (FunctionName: string, event: object) =>
  stack?.lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(event) }));

describe('a function whose success is an event', () => {
  it('is continued by a rule as long as its answer says so', async () => {
    const paths = Object.fromEntries(
      ['stream', 'cutOffMs', 'round'].map((name) => [name, `$.detail.responsePayload.${name}`]),
    );
    stack = await startSmallStack(
      { batch: { code: CONTINUING, properties: { RecursiveLoop: 'Allow' } }, last: { code: NOTING } },
      {
        Async: onDestinations('batch', { OnSuccess: { Destination: BUS } }),
        Again: onResult(
          'batch',
          'Success',
          { detail: { responsePayload: { continues: [true] } } },
          {
            Arn: { 'Fn::GetAtt': ['batch', 'Arn'] },
            InputTransformer: {
              InputPathsMap: paths,
              InputTemplate: '{"stream":<stream>,"cutOffMs":<cutOffMs>,"round":<round>}',
            },
          },
        ),
        Done: onResult(
          'batch',
          'Success',
          { detail: { responsePayload: { continues: [false] } } },
          {
            Arn: { 'Fn::GetAtt': ['last', 'Arn'] },
            Input: '"done"',
          },
        ),
      },
    );
    await invokeLater('batch', { stream: 'events', cutOffMs: 1_767_322_800_000 });
    await expect.poll(() => stack?.seen().at(-1), PATIENT).toBe('"done"');
    expect(
      stack
        .seen()
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    ).toEqual([1, 2, 3].map((round) => ({ stream: 'events', cutOffMs: 1_767_322_800_000, round })));
  });

  it('reports failures on the bus, too', async () => {
    stack = await startSmallStack(
      {
        batch: { code: `export const handler = async () => { throw new RangeError('no'); };` },
        noting: { code: NOTING },
      },
      {
        Async: onDestinations('batch', { OnFailure: { Destination: BUS } }, { MaximumRetryAttempts: 0 }),
        Failed: onResult('batch', 'Failure', {}, { Arn: { 'Fn::GetAtt': ['noting', 'Arn'] }, InputPath: '$.detail' }),
      },
    );
    await invokeLater('batch', { number: 7 });
    await expect.poll(() => stack?.seen().length, PATIENT).toBe(1);
    expect(JSON.parse(stack.seen()[0] ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted' },
      requestPayload: { number: 7 },
      responsePayload: { errorType: 'RangeError', errorMessage: 'no' },
    });
  });
});

describe('a function that fails', () => {
  it('is retried, then its record goes to the queue', async () => {
    stack = await startSmallStack(
      { batch: { code: FAILING } },
      {
        Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failures' } },
        Async: onDestinations('batch', { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } }),
      },
      { asyncRetryDelayMs: 10 },
    );
    await invokeLater('batch', { number: 7 });
    await expect.poll(() => stack?.queueMessages('failures').length, PATIENT).toBe(1);
    expect(stack.seen()).toEqual(['attempt', 'attempt', 'attempt']);
    expect(JSON.parse(stack.queueMessages('failures')[0] ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { number: 7 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'RangeError', errorMessage: 'no 7' },
    });
  });

  it('is dropped without a record when the stack closes', async () => {
    const onFailure = { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } };
    stack = await startSmallStack(
      { failing: { code: FAILING }, sleeping: { code: SLEEPING } },
      {
        Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failures' } },
        FailingAsync: onDestinations('failing', onFailure),
        SleepingAsync: onDestinations('sleeping', onFailure, { MaximumRetryAttempts: 0 }),
      },
    );
    await Promise.all([invokeLater('failing', {}), invokeLater('sleeping', {})]);
    await expect.poll(() => stack?.seen().length, PATIENT).toBe(2);
    await stack.close();
    expect(stack.queueMessages('failures')).toEqual([]);
  });
});
