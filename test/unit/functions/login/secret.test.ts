import { rootCertificates } from 'node:tls';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { readSecretValue } from '#functions/login/secret.ts';
import { RDS_CAS } from '#functions/login/tls.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:database-a1b2c3';
const AS_RDS_WRITES_IT = {
  engine: 'postgres',
  host: 'db.example',
  port: 5433,
  username: 'counter',
  password: 'p@ss/w#rd',
  dbname: 'counts',
};
const VERIFIED = { ca: [...rootCertificates, ...RDS_CAS], rejectUnauthorized: true };

/** What the driver itself makes of it: where it goes, as whom, and how it is encrypted. */
function driven(text: string) {
  const { host, port, user, password, database, ssl } = new pg.Client(readSecretValue(text, ARN).connection);
  return { host, port, user, password, database, ssl };
}

function messageOf(text: string): string {
  try {
    readSecretValue(text, ARN);
  } catch (error) {
    // Everything that a log would show of it.
    return `${(error as Error).message} ${(error as Error).cause ?? ''} ${JSON.stringify(error)}`;
  }
  throw new Error('It was taken');
}

const EXPECTED = { host: 'db.example', port: 5433, user: 'counter', password: 'p@ss/w#rd', database: 'counts' };

describe('a secret', () => {
  it.each([
    ['JSON as RDS writes it', JSON.stringify(AS_RDS_WRITES_IT)],
    ['JSON with the port as text', JSON.stringify({ ...AS_RDS_WRITES_IT, port: '5433' })],
    ['a URL', 'postgres://counter:p%40ss%2Fw%23rd@db.example:5433/counts'],
    ['a URL with a newline behind it', 'postgresql://counter:p%40ss%2Fw%23rd@db.example:5433/counts\n'],
  ])('is %s', (_, text) => {
    expect(driven(text)).toEqual({ ...EXPECTED, ssl: VERIFIED });
  });

  it('has port 5432 where it names none', () => {
    expect(driven(JSON.stringify({ ...AS_RDS_WRITES_IT, port: undefined })).port).toBe(5432);
    expect(driven('postgres://u:p@db.example/counts').port).toBe(5432);
  });

  it.each(['prefer', 'require', 'verify-ca', 'verify-full'])(
    'has the certificate verified, name and all, with sslmode %s',
    (sslmode) => {
      expect(driven(`postgres://u:p@db.example/counts?sslmode=${sslmode}`).ssl).toEqual(VERIFIED);
      expect(driven(JSON.stringify({ ...AS_RDS_WRITES_IT, sslmode })).ssl).toEqual(VERIFIED);
    },
  );

  it.each(['ssl=0', 'ssl=false', 'ssl=no-verify', 'uselibpqcompat=true&sslmode=require', 'sslnegotiation=postgres'])(
    'has it verified whatever else %s would have the driver do',
    (parameters) => {
      expect(driven(`postgres://u:p@db.example/counts?${parameters}`).ssl).toEqual(VERIFIED);
    },
  );

  it('can go without it where it says so in as many words', () => {
    expect(driven('postgres://u:p@db.example/counts?sslmode=no-verify').ssl).toEqual({ rejectUnauthorized: false });
    expect(driven('postgres://u:p@db.example/counts?sslmode=disable').ssl).toBe(false);
  });

  it('can bring a CA of its own', () => {
    const { ssl } = driven(JSON.stringify({ ...AS_RDS_WRITES_IT, ca: RDS_CAS[0] }));
    expect(ssl).toEqual({ ca: [...VERIFIED.ca, RDS_CAS[0]], rejectUnauthorized: true });
  });
});

describe('a secret that is none of these', () => {
  it.each([
    ['', 'neither JSON nor a PostgreSQL URL'],
    ['hunter2', 'neither JSON nor a PostgreSQL URL'],
    ['mysql://u:hunter2@h/d', 'neither JSON nor a PostgreSQL URL'],
    ['postgres://u:hunter2#x@h/d', 'percent-encoded'],
    ['{"password":"hunter2"', 'it begins like JSON but is not valid JSON'],
    [JSON.stringify({ username: 'u', password: 'hunter2' }), 'it has no host'],
    [JSON.stringify({ ...AS_RDS_WRITES_IT, password: { hunter2: 1 } }), 'it has no password'],
    [JSON.stringify({ ...AS_RDS_WRITES_IT, password: 'hunter2', dbname: '' }), 'it has no dbname'],
    [JSON.stringify({ ...AS_RDS_WRITES_IT, password: 'hunter2', port: 'hunter2' }), 'its port is not a port number'],
    [JSON.stringify({ ...AS_RDS_WRITES_IT, password: 'hunter2', ca: 1 }), 'its ca is not a certificate'],
    [JSON.stringify({ ...AS_RDS_WRITES_IT, password: 'hunter2', ca: '/etc/ca.pem' }), 'its ca is not a certificate'],
    [JSON.stringify({ ...AS_RDS_WRITES_IT, password: 'hunter2', sslmode: 'hunter2' }), 'one of disable, no-verify'],
    ['postgres://u:hunter2@h/d?sslmode=allow', 'its sslmode is unknown'],
    ['postgres://u:hunter2@h/d?sslrootcert=/etc/ca.pem', 'its sslrootcert names a file'],
  ])('is refused by its name, without a word of what it holds: %s', (text, reason) => {
    const message = messageOf(text);
    expect(message).toContain(`Invalid secret '${ARN}'`);
    expect(message).toContain(reason);
    expect(message).not.toContain('hunter2');
  });
});
