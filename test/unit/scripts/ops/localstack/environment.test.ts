import { devNull } from 'node:os';
import { describe, expect, it } from 'vitest';
import { emulatorOf } from '#bench/targets/emulator.ts';
import { environmentFor } from '#ops/localstack/environment.ts';

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
