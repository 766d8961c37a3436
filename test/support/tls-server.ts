import { chown, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '#localstack/embedded/postgres/postgres.ts';
import type { Certified } from './certificates.ts';

/** A PostgreSQL that takes TLS only, and anybody who comes by it: what is tested is whom the client trusts. */
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
