import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { useDatabase } from '../support/test-database.ts';

const db = useDatabase();
const ONE = { text: 'select 1 as one' };

afterEach(() => {
  vi.restoreAllMocks();
});

/** A TCP proxy in front of PostgreSQL. @returns its URL */
async function startProxy(onConnection: (client: Socket, upstream: () => Socket) => void): Promise<string> {
  const { port, hostname } = new URL(db.url);
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    onConnection(client, () => {
      const upstream = connect(Number(port), hostname);
      sockets.add(upstream);
      return upstream.on('error', () => undefined);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const url = new URL(db.url);
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return url.href;
}

/** Retries without pauses. */
function withoutPauses(): void {
  vi.spyOn(Math, 'random').mockReturnValue(-0.5);
}

describe('a connection of the store', () => {
  it('asks as whom to come before it is opened, and not again while it is', async () => {
    const connection = vi.fn(async () => ({ connectionString: db.url }));
    const database = db.open({ connection });

    await database.within(null, (session) => session.query(ONE));
    await database.within(null, (session) => session.query(ONE));
    expect(connection).toHaveBeenCalledTimes(1);

    await database.close();
    await database.within(null, (session) => session.query(ONE));
    expect(connection).toHaveBeenCalledTimes(2);
  });

  it('is tried again for as long as a database takes to resume, while that turns callers away', async () => {
    withoutPauses();
    let callers = 0;
    const url = await startProxy((client, upstream) => {
      if (++callers <= 20) client.destroy();
      else client.pipe(upstream()).pipe(client);
    });

    const rows = await db.open({ url }).within(null, (session) => session.query(ONE));

    expect(rows).toEqual([{ one: 1 }]);
    expect(callers).toBe(21);
  });

  it('is tried again for as long where it is lost after long work', async () => {
    withoutPauses();
    let callers = 0;
    const url = await startProxy((client, upstream) => {
      if (++callers === 2) client.destroy();
      else client.pipe(upstream()).pipe(client);
    });
    let nowMs = 1_000;
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    let tries = 0;

    const rows = await db.open({ url }).within(null, async (session) => {
      if (++tries > 1) return session.query(ONE);
      nowMs += 46_000; // longer than connecting is tried
      throw Object.assign(new Error('terminated by an administrator'), { code: '57P01' });
    });

    expect(rows).toEqual([{ one: 1 }]);
    expect(callers).toBe(3);
  });

  it('is tried again where a role may not log in yet', async () => {
    const role = `${new URL(db.url).pathname.slice(1)}_late`;
    await db.asSuperuser(`create role ${role} nologin password 'p'`);
    onTestFinished(async () => void (await db.asSuperuser(`drop role ${role}`)));
    const url = Object.assign(new URL(db.url), { username: role, password: 'p' }).href;
    let asked = 0;
    const connection = async () => {
      if (++asked === 3) await db.asSuperuser(`alter role ${role} login`);
      return { connectionString: url };
    };
    const database = db.open({ connection });

    expect(await database.within(null, (session) => session.query(ONE))).toEqual([{ one: 1 }]);
    await database.close();
  });

  it('is not tried again where the password is wrong', async () => {
    const connection = vi.fn(async () => ({
      connectionString: Object.assign(new URL(db.url), { password: 'wrong' }).href,
    }));
    await expect(db.open({ connection }).within(null, (session) => session.query(ONE))).rejects.toMatchObject({
      code: '28P01',
    });
    expect(connection).toHaveBeenCalledTimes(1);
  });

  it('is replaced where the server has put it out for being idle', async () => {
    const database = db.open({ applicationName: 'idle' });
    await database.within(null, (session) => session.query({ text: `set idle_session_timeout = '20ms'` }));
    expect(await db.connections()).not.toContain('idle');

    expect(await database.within(null, (session) => session.query(ONE))).toEqual([{ one: 1 }]);
  });
});

describe('closing the store', () => {
  it('waits for connections that were given up, too', async () => {
    const database = db.open({ applicationName: 'failed' });
    await expect(database.within(null, (session) => session.query({ text: 'select 1/0' }))).rejects.toThrow('by zero');

    await database.close();

    expect(await db.connections()).not.toContain('failed');
  });

  it('ends where the other side never answers', async () => {
    const url = await startProxy((client, upstream) => {
      const server = upstream();
      client.on('data', (chunk) => server.write(chunk));
      server.on('data', (chunk) => client.write(chunk)); // the end of neither side reaches the other
    });
    const database = db.open({ url });
    await database.within(null, (session) => session.query(ONE));

    await expect(database.close()).resolves.toBeUndefined();
  });
});
