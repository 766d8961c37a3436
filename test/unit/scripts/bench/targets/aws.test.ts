import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAws } from '#bench/targets/aws.ts';
import {
  DEPLOYED_OUTPUTS,
  errorAnswer,
  type StackAnswer,
  serveCloudFormation,
  stackAnswer,
} from '#test/support/aws-endpoint.ts';
import { UsageError } from '#text/usage-error.ts';

const ON_AWS = stackAnswer({
  account: '123456789012',
  region: 'eu-west-1',
  outputs: { ...DEPLOYED_OUTPUTS, Database: 'aurora' },
});

/** What a user has, and nothing of the machine that runs the tests. */
function stubEnvironment(env: Record<string, string | undefined>): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  const nowhere = { AWS_CONFIG_FILE: '/no/config', AWS_SHARED_CREDENTIALS_FILE: '/no/credentials' };
  for (const [name, value] of Object.entries({ ...nowhere, AWS_EC2_METADATA_DISABLED: 'true', ...env })) {
    vi.stubEnv(name, value);
  }
}

const USER = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

/** AWS with a CloudFormation that answers so. */
async function open(answer: StackAnswer) {
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', await serveCloudFormation(answer));
  return openAws('Tidemark');
}

describe('openAws', () => {
  beforeEach(() => stubEnvironment(USER));
  afterEach(() => void vi.unstubAllEnvs());

  it('finds the stack in the region and with the credentials of the usual chain', async () => {
    const target = await open(ON_AWS);
    expect(target.place).toEqual({
      name: 'aws',
      endpoint: null,
      region: 'eu-west-1',
      stack: 'Tidemark',
      version: '0.1.0',
      database: 'aurora',
    });
    for (const { config } of [target.kinesis, target.producer, target.lambda, target.logs]) {
      expect(await config.region()).toBe('eu-west-1');
      expect(await config.credentials()).toMatchObject({ accessKeyId: 'AKIDEXAMPLE' });
    }
    expect(await target.producer.config.maxAttempts()).toBe(1);
  });

  it('says how to deploy a stack that is not there', async () => {
    await expect(open(errorAnswer(400, 'ValidationError', 'Stack with id Tidemark does not exist'))).rejects.toThrow(
      new UsageError(
        "No stack 'Tidemark' at AWS in eu-west-1: deploy it with npx cdk deploy -c benchmark=true, or name another with --stack",
      ),
    );
  });

  it("refuses an emulator's account, whatever led there", async () => {
    await expect(open(stackAnswer())).rejects.toThrow(
      new UsageError(
        "Stack 'Tidemark' is in account 000000000000, which is an emulator's: unset the endpoint in your profile, or use --target localstack",
      ),
    );
  });

  it('refuses an endpoint for all services, which AWS has none of', async () => {
    await expect(openAws('Tidemark', { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' })).rejects.toThrow(
      new UsageError(
        "AWS_ENDPOINT_URL is 'http://127.0.0.1:4566', and AWS has no one URL for all services: unset it, or use --target localstack",
      ),
    );
  });

  it.each([
    ['', { AWS_REGION: '' }],
    [' that no profile has either', { AWS_REGION: undefined }],
  ])('names a missing region%s', async (_name, region) => {
    stubEnvironment({ ...USER, ...region });
    await expect(open(ON_AWS)).rejects.toThrow(
      new UsageError('No AWS region: expected AWS_REGION or a profile with one; set AWS_REGION, such as to us-east-1'),
    );
  });

  it('names missing credentials', async () => {
    stubEnvironment({ AWS_REGION: 'eu-west-1' });
    await expect(open(ON_AWS)).rejects.toThrow(
      new UsageError(
        'No AWS credentials: Could not load credentials from any providers: expected them in the environment, a profile or a login; set AWS_PROFILE or log in',
      ),
    );
  });

  it.each<[string, StackAnswer, string]>([
    [
      'expired credentials',
      errorAnswer(403, 'ExpiredToken', 'The security token included in the request is expired'),
      'The AWS credentials have expired (ExpiredToken): renew them, then start again',
    ],
    [
      'credentials that AWS does not know',
      errorAnswer(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'),
      'The AWS credentials are not accepted (InvalidClientTokenId: The security token included in the request is invalid.): ' +
        'check AWS_PROFILE, or AWS_ACCESS_KEY_ID and its secret',
    ],
    [
      'a missing permission',
      errorAnswer(
        403,
        'AccessDenied',
        'User: arn:aws:iam::123456789012:user/me is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:eu-west-1:123456789012:stack/Tidemark/* because no identity-based policy allows the cloudformation:DescribeStacks action',
      ),
      'No permission: User: arn:aws:iam::123456789012:user/me is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:eu-west-1:123456789012:stack/Tidemark/* because no identity-based policy allows the cloudformation:DescribeStacks action: allow cloudformation:DescribeStacks, or use other credentials',
    ],
  ])('names %s', async (_name, answer, message) => {
    await expect(open(answer)).rejects.toThrow(new UsageError(message));
  });
});
