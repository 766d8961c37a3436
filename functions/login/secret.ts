import { X509Certificate } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Connection } from '../store/database.ts';
import { trustedCas, verifiedBy } from './tls.ts';

const client = new SecretsManagerClient({
  requestHandler: new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: 5_000 }),
});

/**
 * @param ask gives a secret's text by its ARN
 * @throws Error that names the secret, never what it holds
 */
export async function connectBySecret(secretArn: string, ask = askSecretsManager): Promise<Connection> {
  const { connection, sslmode } = readSecretValue(await ask(secretArn), secretArn);
  if (sslmode === 'disable' || sslmode === 'no-verify') {
    // Somebody has chosen it; whoever reads the log learns of it too.
    process.stdout.write(`${JSON.stringify({ type: 'tidemark.unverified-database', secretArn, sslmode })}\n`);
  }
  return connection;
}

async function askSecretsManager(secretArn: string): Promise<string> {
  const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn })).catch((cause: Error) => {
    throw new Error(
      `Can't read secret '${secretArn}': ${cause.name}; the function's role needs secretsmanager:GetSecretValue on it, ` +
        `and kms:Decrypt where a key of yours encrypts it`,
      { cause },
    );
  });
  if (answer.SecretString === undefined) {
    throw new Error(`Secret '${secretArn}' holds no text: expected a URL or JSON; store it as a string`);
  }
  return answer.SecretString;
}

/** In libpq's words. Everything that asks for TLS gets it verified, name and all, like the driver's own reading of a URL. */
const SSL_MODES = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

/**
 * What a secret says about the connection: a URL, or JSON as RDS writes it (`host`, `port`, `username`, `password`,
 * `dbname`), where `sslmode` and `ca` (PEM) can be added. The server's certificate is verified unless `sslmode` says
 * `no-verify`, or `disable`.
 *
 * @throws Error that names the secret, never what it holds: neither the text nor a cause that quotes it
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
    return refuse('it begins like JSON and is none', 'one JSON object');
  }
  const { host, port = 5432, username, password, dbname, sslmode = 'verify-full', ca } = value;
  for (const [name, field] of Object.entries({ host, username, password, dbname })) {
    if (typeof field !== 'string' || field === '') refuse(`it has no ${name}`, `${name} as a string that is not empty`);
  }
  if (!Number.isInteger(Number(port)) || Number(port) < 1 || Number(port) > 65_535) {
    refuse('its port is none', 'a number from 1 to 65535');
  }
  if (ca !== undefined && !isCertificate(ca)) refuse('its ca is no certificate', 'one in PEM'); // TLS would pass over it
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
      'it is neither JSON nor a URL of PostgreSQL',
      'postgres://user:password@host:port/database, with what is special in the password percent-encoded',
    );
  }
  const url = new URL(given);
  const { searchParams } = url;
  for (const name of ['sslcert', 'sslkey', 'sslrootcert']) {
    if (searchParams.has(name)) refuse(`its ${name} names a file`, 'JSON with the CA itself as ca');
  }
  const sslmode = searchParams.get('sslmode') ?? 'verify-full';
  // Whatever the driver would read about TLS, it would put in the place of ours.
  for (const name of [...searchParams.keys()]) if (/^(ssl|uselibpqcompat)/.test(name)) searchParams.delete(name);
  return { fields: { connectionString: url.href }, sslmode, ca: undefined };
}
