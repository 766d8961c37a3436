import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectByToken } from '#functions/login/iam.ts';
import { readSecretValue } from '#functions/login/secret.ts';
import { type Connection, type Database, openDatabase } from '#functions/store/database.ts';
import { type Authority, createAuthority, startTlsServer, type TlsServer } from '../support/tls-server.ts';

let server: TlsServer;
let authority: Authority;
let stranger: Authority;
const opened: Database[] = [];

beforeAll(async () => {
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-key');
  authority = createAuthority('the CA of the database');
  stranger = createAuthority('a CA of somebody else');
  server = await startTlsServer();
  const certified = authority.certify({ dns: ['localhost'], ips: [] });
  await server.present(certified);
  // The server takes a new certificate up when it comes to it.
  await vi.waitFor(() => protocolOf(() => iam('localhost', [authority.certificate])), {
    timeout: 10_000,
    interval: 100,
  });
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const iam = (host: string, cas?: string[]): Promise<Connection> =>
  connectByToken({ host, port: server.port, database: 'postgres', user: 'tidemark' }, cas);

const bySecret = async (fields: object): Promise<Connection> => {
  const { port } = server;
  const text = JSON.stringify({
    host: 'localhost',
    port,
    username: 'tidemark',
    password: 'p',
    dbname: 'postgres',
    ...fields,
  });
  return readSecretValue(text, 'a-secret').connection;
};

/** Which TLS the server sees on a connection of the store's. */
async function protocolOf(connection: () => Promise<Connection>): Promise<string | undefined> {
  const database = openDatabase({
    connection,
    applicationName: 'tidemark test',
    statementTimeoutMs: 5_000,
    remainingMs: () => 900,
  });
  opened.push(database);
  const [row] = await database.within(null, (session) =>
    session.query<{ version: string }>({ text: 'select version from pg_stat_ssl where pid = pg_backend_pid()' }),
  );
  return row?.version;
}

describe('a login by IAM', () => {
  it('goes to a server whose certificate a trusted CA has signed for its name', async () => {
    expect(await protocolOf(() => iam('localhost', [stranger.certificate, authority.certificate]))).toBe('TLSv1.3');
  });

  it('refuses a server whose certificate another CA has signed', async () => {
    await expect(protocolOf(() => iam('localhost', [stranger.certificate]))).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });

  it('refuses it by the CAs of RDS too, which are those that it trusts by itself', async () => {
    await expect(protocolOf(() => iam('localhost'))).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  });

  it('refuses a server by another name than its certificate has', async () => {
    await expect(protocolOf(() => iam('127.0.0.1', [authority.certificate]))).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });
});

describe('a login by secret', () => {
  it('goes to a server that the CA in the secret has signed for', async () => {
    expect(await protocolOf(() => bySecret({ ca: authority.certificate }))).toBe('TLSv1.3');
  });

  it.each([{}, { sslmode: 'require' }])('refuses a server of a CA that nobody knows: %j', async (fields) => {
    await expect(protocolOf(() => bySecret(fields))).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  });

  it('goes to it where the secret says that nothing is to be verified', async () => {
    expect(await protocolOf(() => bySecret({ sslmode: 'no-verify' }))).toBe('TLSv1.3');
  });

  it('is turned away by this server where the secret does without TLS', async () => {
    await expect(protocolOf(() => bySecret({ sslmode: 'disable' }))).rejects.toMatchObject({ code: '28000' });
  });
});
