import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectionBy } from '#functions/login/connection.ts';
import { connectByToken } from '#functions/login/iam.ts';
import { connectBySecret } from '#functions/login/secret.ts';
import { RDS_CAS } from '#functions/login/tls.ts';
import { captureLog } from '#test/support/environments.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:database-a1b2c3';
const IAM = { kind: 'iam', host: 'cluster.example', port: 5433, database: 'tidemark', user: 'a_role' } as const;

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-key');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Puts answers in the place of Secrets Manager. */
function stubSecrets(...answers: (object | Error)[]): void {
  vi.spyOn(SecretsManagerClient.prototype, 'send').mockImplementation(async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  });
}

describe('a login by URL', () => {
  it('hands the URL to the driver as it is', async () => {
    const connect = connectionBy({ kind: 'url', url: 'postgres://u@localhost/x?sslmode=disable' });
    expect(await connect()).toEqual({ connectionString: 'postgres://u@localhost/x?sslmode=disable' });
  });
});

describe('a login by secret', () => {
  it('is asked for before each connection, so that a new password is found', async () => {
    const secrets = ['postgres://u:old@h.example/d', 'postgres://u:new@h.example/d'];
    stubSecrets(...secrets.map((SecretString) => ({ SecretString })));
    const connect = connectionBy({ kind: 'secret', secretArn: ARN });

    for (const connectionString of secrets) expect(await connect()).toMatchObject({ connectionString });
  });

  it('names the secret and the right that is missing where it may not be read', async () => {
    stubSecrets(Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' }));
    await expect(connectBySecret(ARN)).rejects.toThrow(
      `Can't read secret '${ARN}': AccessDeniedException; the function's role needs secretsmanager:GetSecretValue on it`,
    );
  });

  it('takes no secret that is not text', async () => {
    stubSecrets({ SecretBinary: Uint8Array.of(1) });
    await expect(connectBySecret(ARN)).rejects.toThrow(`Secret '${ARN}' holds no text: expected a URL or JSON`);
  });

  it.each(['disable', 'no-verify'])(
    'says in the log that nothing is verified, where the secret has %s',
    async (mode) => {
      const log = captureLog();

      await connectBySecret(ARN, async () => `postgres://u:hunter2@h.example/d?sslmode=${mode}`);

      expect(log.map((line) => JSON.parse(line))).toEqual([
        { type: 'tidemark.unverified-database', secretArn: ARN, sslmode: mode },
      ]);
    },
  );

  it('logs nothing where the certificate is verified', async () => {
    const log = captureLog();
    await connectBySecret(ARN, async () => 'postgres://u:hunter2@h.example/d?sslmode=require');
    expect(log).toEqual([]);
  });
});

describe('a login by IAM', () => {
  it('signs a token for this host, port and role, here and without the network', async () => {
    const { password, ...rest } = await connectionBy(IAM)();

    expect(rest).toEqual({
      host: 'cluster.example',
      port: 5433,
      database: 'tidemark',
      user: 'a_role',
      ssl: { ca: [...RDS_CAS], rejectUnauthorized: true },
    });
    const token = new URL(`https://${password}`);
    expect(token.host).toBe('cluster.example:5433');
    expect(Object.fromEntries(token.searchParams)).toMatchObject({
      Action: 'connect',
      DBUser: 'a_role',
      'X-Amz-Expires': '900',
      'X-Amz-Credential': expect.stringMatching(/^AKIDEXAMPLE\/\d{8}\/eu-central-1\/rds-db\/aws4_request$/),
    });
  });

  it('signs a new one for each connection', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-31T12:00:00Z') });
    const connect = connectionBy(IAM);
    const { password: first } = await connect();
    vi.setSystemTime(Date.parse('2026-01-31T12:14:59Z'));
    const { password: second } = await connect();
    vi.useRealTimers();

    expect(String(first)).toContain('X-Amz-Date=20260131T120000Z');
    expect(String(second)).toContain('X-Amz-Date=20260131T121459Z');
  });

  it('trusts the CAs of RDS and nobody else, unless it is told otherwise', async () => {
    expect(RDS_CAS.length).toBeGreaterThan(50); // a few in each region
    expect((await connectByToken(IAM, ['PEM'])).ssl).toEqual({ ca: ['PEM'], rejectUnauthorized: true });
  });
});
