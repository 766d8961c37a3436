import { describe, expect, it } from 'vitest';
import { emulatorOf } from '#bench/targets/emulator.ts';

describe('the emulator that the environment names', () => {
  it("is the standard one, with nobody's credentials, where it names none", () => {
    expect(emulatorOf({ AWS_PROFILE: 'production', AWS_ACCESS_KEY_ID: '' })).toEqual({
      endpoint: 'http://127.0.0.1:4566',
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });

  it('has the endpoint, region and credentials that it names', () => {
    const env = {
      AWS_ENDPOINT_URL: 'http://localhost:1234',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    };

    expect(emulatorOf(env)).toEqual({
      endpoint: 'http://localhost:1234',
      region: 'eu-west-1',
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    });
  });

  it.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('is not guessed where only %s is given', (name) => {
    expect(() => emulatorOf({ [name]: '123456789012' })).toThrow(
      'Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set: expected both',
    );
  });

  it.each(['localhost:4566', 'ftp://localhost', 'http://'])('refuses %s, which is no URL of one', (endpoint) => {
    expect(() => emulatorOf({ AWS_ENDPOINT_URL: endpoint })).toThrow(
      `Invalid AWS_ENDPOINT_URL '${endpoint}': expected a URL such as http://127.0.0.1:4566`,
    );
  });
});
