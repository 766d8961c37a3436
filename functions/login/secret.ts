import { X509Certificate } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Connection } from '../store/database.ts';
import { trustedCas, verifiedBy } from './tls.ts';

const client = new SecretsManagerClient({
  requestHandler: new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: 5_000 }),
});

/**
 * Reads a secret and returns the connection in it.
 *
 * @param ask returns a secret's text by its ARN
 * @throws Error that names the secret and never contains its text
 */
export async function connectBySecret(secretArn: string, ask = askSecretsManager): Promise<Connection> {
  const { connection, sslmode } = readSecretValue(await ask(secretArn), secretArn);
  if (sslmode === 'disable' || sslmode === 'no-verify') {
    // The secret allows this, but the log should show that the connection is not verified.
    process.stdout.write(`${JSON.stringify({ type: 'tidemark.unverified-database', secretArn, sslmode })}\n`);
  }
  return connection;
}

async function askSecretsManager(secretArn: string): Promise<string> {
  const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn })).catch((cause: Error) => {
    throw new Error(
      `Can't read secret '${secretArn}': ${cause.name}; the function's role needs secretsmanager:GetSecretValue on it, ` +
        `and kms:Decrypt if a customer-managed key encrypts it`,
      { cause },
    );
  });
  if (answer.SecretString === undefined) {
    throw new Error(`Secret '${secretArn}' holds no text: expected a URL or JSON; store it as a string`);
  }
  return answer.SecretString;
}

/**
 * The values of libpq. Each mode that uses TLS, except `no-verify`, verifies certificate and host name, as the driver
 * does.
 */
const SSL_MODES = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

/**
 * Reads the connection from a secret's text: a URL, or JSON in the format of RDS (`host`, `port`, `username`,
 * `password`, `dbname`) with optional `sslmode` and `ca` (PEM). The server's certificate is verified unless `sslmode`
 * is `no-verify` or `disable`.
 *
 * @throws Error that names the secret; neither message nor cause contains the secret's text
 */
export function readSecretValue(text: string, secretArn: string): { connection: Connection; sslmode: SslMode } {
  const refuse = (what: string, expected: string): never => {
    throw new Error(`Invalid secret '${secretArn}': ${what}; expected ${expected}`);
  };
  const { fields, sslmode, ca } = text.trimStart().startsWith('{') ? readJson(text, refuse) : readUrl(text, refuse);
  if (!SSL_MODES.includes(sslmode as SslMode)) refuse('its sslmode is unknown', `one of ${SSL_MODES.join(', ')}`);
  return { connection: { ...fields, ssl: tlsOf(sslmode as SslMode, ca) }, sslmode: sslmode as SslMode };
}

type Refuse = (what: string, expected: string) => never;
type SecretValue = { fields: Connection; sslmode: unknown; ca: string | undefined };

function tlsOf(sslmode: SslMode, ca: string | undefined): NonNullable<Connection['ssl']> {
  if (sslmode === 'disable') return false;
  return sslmode === 'no-verify' ? { rejectUnauthorized: false } : verifiedBy(trustedCas(ca));
}

function readJson(text: string, refuse: Refuse): SecretValue {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('it begins like JSON but is not valid JSON', 'one JSON object');
  }
  const { host, port = 5432, username, password, dbname, sslmode = 'verify-full', ca } = value;
  for (const [name, field] of Object.entries({ host, username, password, dbname })) {
    if (typeof field !== 'string' || field === '') refuse(`it has no ${name}`, `${name} as a non-empty string`);
  }
  if (!Number.isInteger(Number(port)) || Number(port) < 1 || Number(port) > 65_535) {
    refuse('its port is not a port number', 'a number from 1 to 65535');
  }
  // TLS would silently ignore a text that is no certificate.
  if (ca !== undefined && !isCertificate(ca)) refuse('its ca is not a certificate', 'a certificate in PEM');
  const fields = { host, port: Number(port), user: username, password, database: dbname } as Connection;
  return { fields, sslmode, ca: ca as string | undefined };
}

function isCertificate(ca: unknown): boolean {
  try {
    return typeof ca === 'string' && new X509Certificate(ca).subject !== '';
  } catch {
    return false;
  }
}

function readUrl(text: string, refuse: Refuse): SecretValue {
  const given = text.trim();
  if (!/^postgres(ql)?:\/\//.test(given) || !URL.canParse(given)) {
    return refuse(
      'it is neither JSON nor a PostgreSQL URL',
      'postgres://user:password@host:port/database, with special characters of the password percent-encoded',
    );
  }
  const url = new URL(given);
  const { searchParams } = url;
  for (const name of ['sslcert', 'sslkey', 'sslrootcert']) {
    if (searchParams.has(name)) refuse(`its ${name} names a file`, 'JSON with the certificate itself in ca');
  }
  const sslmode = searchParams.get('sslmode') ?? 'verify-full';
  // The driver would let TLS parameters of the URL replace the TLS options that are set here.
  for (const name of [...searchParams.keys()]) if (/^(ssl|uselibpqcompat)/.test(name)) searchParams.delete(name);
  return { fields: { connectionString: url.href }, sslmode, ca: undefined };
}
