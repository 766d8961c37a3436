import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What befalls the next statement that commits a batch. */
export type Fault =
  /** The connection is cut before the server has seen the statement. */
  | 'cut-before'
  /** The server commits, and the connection is cut before its answer comes through. */
  | 'cut-after'
  /** The connection stays open and nothing comes through any more, in either direction. */
  | 'swallow';

/** A TCP proxy in front of PostgreSQL that does harm once, when armed. */
export type FaultyProxy = { url: string; arm(fault: Fault): void; faults(): number; close(): Promise<void> };

const STATEMENT = Buffer.from('commit_tally'); // the prepared statement's name, in its Parse and its Bind message
const READY_FOR_QUERY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]); // how an answer ends, once its transaction has

export async function startFaultyProxy(databaseUrl: string): Promise<FaultyProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let armed: Fault | null = null;
  let faults = 0;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let struck: Fault | null = null;
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => struck !== 'swallow' && cut());
    }
    client.on('data', (chunk) => {
      if (armed !== null && chunk.includes(STATEMENT)) {
        struck = armed;
        armed = null;
        faults++;
        if (struck === 'cut-before') return cut();
      }
      if (struck !== 'swallow') upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (struck === 'cut-after' && chunk.subarray(-READY_FOR_QUERY.length).equals(READY_FOR_QUERY)) cut();
      else if (struck === null) client.write(chunk);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const address = server.address();
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: url.href,
    arm(fault) {
      armed = fault;
    },
    faults: () => faults,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
