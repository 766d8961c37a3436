import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openLocalstack } from '#bench/targets/localstack.ts';
import {
  DEPLOYED_OUTPUTS,
  errorAnswer,
  type StackAnswer,
  serveCloudFormation,
  stackAnswer,
} from '#test/support/aws-endpoint.ts';
import { UsageError } from '#text/usage-error.ts';

/** Opens the target on an endpoint that answers so; what it throws, as a UsageError's message. */
async function open(answer: StackAnswer, env: Record<string, string> = {}) {
  const endpoint = await serveCloudFormation(answer);
  const target = await openLocalstack('Tidemark', { AWS_ENDPOINT_URL: endpoint, ...env });
  return { target, endpoint };
}

async function refusalOf(answer: StackAnswer, env: Record<string, string> = {}): Promise<string> {
  const error = await open(answer, env).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST');
}

const outputsWith = (given: Record<string, string>) => stackAnswer({ outputs: { ...DEPLOYED_OUTPUTS, ...given } });
const without = (key: string) => {
  const { [key]: _, ...outputs } = DEPLOYED_OUTPUTS;
  return stackAnswer({ outputs });
};

describe('openLocalstack', () => {
  beforeAll(() => void vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true'));
  afterAll(() => void vi.unstubAllEnvs());

  it('finds the deployed stack by its outputs, and speaks to its endpoint only', async () => {
    const { target, endpoint } = await open(stackAnswer());
    expect(target.place).toEqual({
      name: 'localstack',
      endpoint,
      region: 'us-east-1',
      stack: 'Tidemark',
      version: '0.1.0',
      database: 'external',
    });
    expect(target.outputs).toEqual({
      streamName: 'Tidemark-events',
      runStreamPrefix: 'Tidemark-run-',
      microBatchFunction: 'Tidemark-micro-batch',
      microBatchMapping: '91eaeb7e-c976-1234-9451-8709db01f137',
      scheduledBatchFunction: 'Tidemark-scheduled-batch',
      resultsFunction: 'Tidemark-results',
      database: 'external',
      version: '0.1.0',
    });
    for (const { config } of [target.kinesis, target.producer, target.lambda, target.logs]) {
      expect(await config.endpoint?.()).toMatchObject({ hostname: '127.0.0.1', port: Number(new URL(endpoint).port) });
    }
  });

  it('sends records once, and asks for all else again when that fails', async () => {
    const { target } = await open(stackAnswer());
    expect(await target.producer.config.maxAttempts()).toBe(1);
    for (const { config } of [target.kinesis, target.lambda, target.logs]) {
      expect(await config.maxAttempts()).toBeGreaterThan(1);
    }
  });

  it.each([
    [{}, { accessKeyId: 'test', secretAccessKey: 'test' }],
    [{ AWS_PROFILE: 'work' }, { accessKeyId: 'test', secretAccessKey: 'test' }],
    [
      { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
      { accessKeyId: 'a', secretAccessKey: 'b' },
    ],
  ])('takes the credentials of the environment, and no profile: %j', async (env, credentials) => {
    const { target } = await open(stackAnswer(), env);
    expect(await target.kinesis.config.credentials()).toMatchObject(credentials);
  });

  it.each([
    [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-1'],
    [{ AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-2'],
  ])('takes the region of the environment: %j', async (env, region) => {
    const { target } = await open(stackAnswer(), env);
    expect(target.place.region).toBe(region);
    expect(await target.lambda.config.region()).toBe(region);
  });

  it.each<[string, StackAnswer, string]>([
    [
      'another account',
      stackAnswer({ account: '123456789012' }),
      "Stack 'Tidemark' at http://HOST is in account 123456789012, expected the emulators' 000000000000: " +
        'check AWS_ENDPOINT_URL and AWS_ACCESS_KEY_ID, or use --target aws',
    ],
    [
      'a stack that is not deployed',
      errorAnswer(400, 'ValidationError', 'Stack with id Tidemark does not exist'),
      "No stack 'Tidemark' at http://HOST: deploy it with npm run deploy:localstack, or name another with --stack",
    ],
    [
      'a stack that was planned only',
      stackAnswer({ status: 'REVIEW_IN_PROGRESS' }),
      "Stack 'Tidemark' was planned and never made (REVIEW_IN_PROGRESS): deploy it with npm run deploy:localstack",
    ],
    [
      'a stack that is being changed',
      stackAnswer({ status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' }),
      "Stack 'Tidemark' is being changed (UPDATE_COMPLETE_CLEANUP_IN_PROGRESS): wait until that has ended, then start again",
    ],
    [
      'a stack that has failed',
      stackAnswer({ status: 'ROLLBACK_COMPLETE', reason: 'The following resource(s) failed to create: [Stream].' }),
      "Stack 'Tidemark' has failed (ROLLBACK_COMPLETE: The following resource(s) failed to create: [Stream].): " +
        'deploy it again with npm run deploy:localstack',
    ],
    [
      'a stack that is gone',
      stackAnswer({ status: 'DELETE_FAILED' }),
      "Stack 'Tidemark' has failed (DELETE_FAILED): deploy it again with npm run deploy:localstack",
    ],
    [
      'another version',
      outputsWith({ Version: '0.0.9' }),
      "Stack 'Tidemark' is 0.0.9, expected 0.1.0 as here: deploy it again with npm run deploy:localstack",
    ],
    [
      'a version that did not say so yet',
      without('Version'),
      "Stack 'Tidemark' is without a version, expected 0.1.0 as here: deploy it again with npm run deploy:localstack",
    ],
    [
      'one path',
      outputsWith({ Paths: 'micro-batch' }),
      "Stack 'Tidemark' has paths 'micro-batch', expected both, since it compares them: deploy both with npm run deploy:localstack",
    ],
    [
      'no benchmark runs',
      outputsWith({ RunStreamPrefix: '' }),
      "Stack 'Tidemark' allows no benchmark runs: deploy one that does with npm run deploy:localstack",
    ],
    [
      'no benchmark runs, without the output',
      without('RunStreamPrefix'),
      "Stack 'Tidemark' allows no benchmark runs: deploy one that does with npm run deploy:localstack",
    ],
    [
      'an output that is missing',
      without('ResultsFunction'),
      "Stack 'Tidemark' has no output ResultsFunction: deploy it again with npm run deploy:localstack",
    ],
    [
      'something that is no AWS',
      { status: 200, body: '<html>It works!</html>' },
      'The service at http://HOST is not CloudFormation: expected AWS or an emulator of it',
    ],
  ])('refuses %s in one line', async (_name, answer, message) => {
    expect(await refusalOf(answer)).toBe(message);
  });

  it.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE'])(
    'takes a stack that is %s',
    async (status) => {
      expect((await open(stackAnswer({ status }))).target.outputs.version).toBe('0.1.0');
    },
  );

  it('says where nothing answers', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    await expect(openLocalstack('Tidemark', env)).rejects.toThrow(
      new UsageError(
        "Can't reach the emulator at http://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1: start it, or set AWS_ENDPOINT_URL to where it is",
      ),
    );
  });

  it.each(['localhost:4566', 'nonsense'])('refuses the endpoint %j', async (endpoint) => {
    await expect(openLocalstack('Tidemark', { AWS_ENDPOINT_URL: endpoint })).rejects.toThrow(
      new UsageError(`Invalid AWS_ENDPOINT_URL '${endpoint}': expected a URL such as http://127.0.0.1:4566`),
    );
  });
});
