import { devNull } from 'node:os';
import { describe, expect, it } from 'vitest';
import { emulatorOf } from '#bench/targets/emulator.ts';
import { environmentFor, failureOf } from '#ops/localstack/run-cdk.ts';

/** As cdk 2.1148.1 printed it; the folder shortened. */
const RESOURCE = `
Fail: creating CloudFormation changeset...
Fail: deploying... [1/1]
Fail | CREATE_FAILED | Custom::Trigger | Migration/Default/Default (Migration) Error: connect ECONNREFUSED 127.0.0.1:1
    at sr (/code/index.js:3:9514)
❌  Fail failed to deploy
‣ DeploymentError: Resource updates failed:
Fail/Migration/Default/Default  (Custom::Trigger Migration)
  Error: connect ECONNREFUSED 127.0.0.1:1
`;

const ENDPOINT = `
current credentials could not be used to assume 'arn:aws:iam::000000000000:role/cdk', but are for the right account. Proceeding anyway.
Fail: connect ECONNREFUSED 127.0.0.1:1
‣ Error: connect ECONNREFUSED 127.0.0.1:1
`;

const APP = `
/app/infra/config.ts:49
      throw new RangeError(\`Invalid context\`);
            ^

RangeError: Invalid context window '0': expected 1–86400 seconds; pass -c window=…
    at number (/app/infra/config.ts:49:13)

Node.js v20.20.2
node --import tsx infra/app.ts: Subprocess exited with error 1
`;

describe('why cdk failed', () => {
  it.each([
    ['a resource and its reason', RESOURCE, 'Migration/Default/Default: Error: connect ECONNREFUSED 127.0.0.1:1'],
    ['what it says of itself', ENDPOINT, 'Error: connect ECONNREFUSED 127.0.0.1:1'],
    ["the app's exception", APP, "Invalid context window '0': expected 1–86400 seconds; pass -c window=…"],
    ['its last line where none of these is there', 'one\ntwo\n', 'two'],
  ])('is %s', (_, output, expected) => {
    expect(failureOf(output)).toBe(expected);
  });

  it('is never empty', () => {
    expect(failureOf('\n')).toBe('it printed nothing');
  });
});

describe('the environment of a program that must reach the emulator alone', () => {
  const emulator = emulatorOf({});
  const leadsToAws = {
    AWS_PROFILE: 'production',
    AWS_ENDPOINT_URL_S3: 'https://s3.amazonaws.com',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    AWS_SESSION_TOKEN: 'token',
    AWS_WEB_IDENTITY_TOKEN_FILE: '/token',
    CDK_DEFAULT_ACCOUNT: '123456789012',
  };

  it('keeps nothing that leads elsewhere', () => {
    const environment = environmentFor(emulator, { ...leadsToAws, PATH: '/bin' });

    for (const name of Object.keys(leadsToAws)) expect(environment).not.toHaveProperty(name);
    expect(environment).toMatchObject({
      PATH: '/bin',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
    });
  });

  it.each([
    [{}, '127.0.0.1'],
    [{ NO_PROXY: 'example.com' }, 'example.com,127.0.0.1'],
    [{ no_proxy: 'example.com' }, 'example.com,127.0.0.1'],
  ])('asks no proxy for the emulator: %j', (given, expected) => {
    const { NO_PROXY, no_proxy } = environmentFor(emulator, given);

    expect([NO_PROXY, no_proxy]).toEqual([expected, expected]);
  });
});
