import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EmbeddedStackError, messageOf } from './errors.ts';

export type LocalServer = { url: string; address: string; close(): Promise<void> };

/**
 * An HTTP server on 127.0.0.1. Port 0 lets the system choose; `purpose` names the server in errors.
 * Idle connections stay open, so that a client that reuses one never meets a closed socket.
 * @throws EmbeddedStackError when the port is taken
 */
export function listenLocally(purpose: string, port: number, listener: RequestListener): Promise<LocalServer> {
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, listener);
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(purpose, port, error)));
    server.listen(port, '127.0.0.1', () => {
      const { port: actualPort } = server.address() as AddressInfo;
      const address = `127.0.0.1:${actualPort}`;
      resolve({
        url: `http://${address}`,
        address,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

/** The error for a server that cannot listen on its port. */
export function listenError(purpose: string, port: number, error: unknown): EmbeddedStackError {
  const inUse = (error as { code?: unknown }).code === 'EADDRINUSE';
  const reason = inUse ? 'the port is in use' : messageOf(error);
  return new EmbeddedStackError(
    `Cannot listen on 127.0.0.1:${port} for ${purpose}: ${reason}; pass a free port, or 0 to let the system choose`,
    { cause: error },
  );
}

/** Body of a request; null when it is longer than `limitBytes`. The excess is read and discarded. */
export async function readBody(
  request: IncomingMessage,
  limitBytes = Number.POSITIVE_INFINITY,
): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes <= limitBytes) chunks.push(chunk);
  }
  return sizeBytes <= limitBytes ? Buffer.concat(chunks) : null;
}

/** A free port on 127.0.0.1. Another process can take it before the caller does. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The operating system returned no free port');
  return address.port;
}
