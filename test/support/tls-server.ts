import { Buffer } from 'node:buffer';
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { chown, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '#localstack/embedded/postgres/postgres.ts';

/** A PostgreSQL that accepts TLS only, from anybody: the tests are about the servers that the client trusts. */
export type TlsServer = { port: number; present(certified: Certified): Promise<void>; close(): Promise<void> };

export async function startTlsServer(): Promise<TlsServer> {
  const server = await startPostgres();
  const superuser = new pg.Client({ connectionString: server.url });
  await superuser.connect();
  const { rows } = await superuser.query<{ data: string; hba: string }>(
    `select current_setting('data_directory') as data, current_setting('hba_file') as hba`,
  );
  const { data = '', hba = '' } = rows[0] ?? {};
  const { uid, gid } = await stat(data);

  async function place(file: string, text: string): Promise<void> {
    await writeFile(file, text, { mode: 0o600 });
    if (process.getuid?.() === 0) await chown(file, uid, gid);
  }

  return {
    port: Number(new URL(server.url).port),
    async present({ certificate, key }) {
      await place(join(data, 'server.crt'), certificate);
      await place(join(data, 'server.key'), key);
      await place(hba, 'hostssl all all 127.0.0.1/32 trust\n');
      await superuser.query('alter system set ssl = on');
      await superuser.query('select pg_reload_conf()');
    },
    async close() {
      await superuser.end();
      await server.close();
    },
  };
}

/** A certificate and its key, both PEM. */
export type Certified = { certificate: string; key: string };
export type Authority = Certified & { certify(hosts: { dns: string[]; ips: string[] }): Certified };

/** An unknown CA for one test: an EC key, and certificates for one day, encoded in DER (RFC 5280) by hand. */
export function createAuthority(name: string): Authority {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const isAuthority = extension('2.5.29.19', sequence(boolean(true)), { critical: true });
  return {
    ...certified(certificate(name, name, own.publicKey, own.privateKey, [isAuthority]), own.privateKey),
    certify({ dns, ips }) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const names = [
        ...dns.map((host) => tagged(0x82, Buffer.from(host))),
        ...ips.map((ip) => tagged(0x87, Buffer.from(ip.split('.').map(Number)))),
      ];
      const hosts = extension('2.5.29.17', sequence(...names));
      return certified(certificate('server', name, publicKey, own.privateKey, [hosts]), privateKey);
    },
  };
}

function certified(der: Buffer, key: KeyObject): Certified {
  const lines = der
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: key.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';

function certificate(subject: string, issuer: string, key: KeyObject, signer: KeyObject, extensions: Buffer[]): Buffer {
  const algorithm = sequence(objectId(ECDSA_WITH_SHA256));
  const content = sequence(
    tagged(0xa0, tagged(0x02, Buffer.of(2))), // version 3
    tagged(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])), // a positive serial number
    algorithm,
    commonName(issuer),
    sequence(time(Date.now() - DAY_MS), time(Date.now() + DAY_MS)),
    commonName(subject),
    key.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  return sequence(content, algorithm, bitString(sign('sha256', content, signer)));
}

function commonName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(objectId('2.5.4.3'), tagged(0x0c, Buffer.from(name)))));
}

function extension(id: string, value: Buffer, { critical = false } = {}): Buffer {
  return sequence(objectId(id), ...(critical ? [boolean(true)] : []), tagged(0x04, value));
}

function time(ms: number): Buffer {
  return tagged(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
}

function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.of(value ? 0xff : 0));
}

function bitString(bytes: Buffer): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.of(0), bytes]));
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
