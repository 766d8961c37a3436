import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EmbeddedStackError, messageOf } from '../errors.ts';

export type LocalServer = { url: string; address: string; close(): Promise<void> };

/**
 * An HTTP server on 127.0.0.1. Port 0 lets the system choose; `purpose` names the server in errors.
 * Connections stay open while nothing is said: a client that reuses one must not meet a closed socket.
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

/** The user's explanation of a failed listen. */
export function listenError(purpose: string, port: number, error: unknown): EmbeddedStackError {
  const inUse = (error as { code?: unknown }).code === 'EADDRINUSE';
  const reason = inUse ? 'the port is in use' : messageOf(error);
  return new EmbeddedStackError(
    `Cannot listen on 127.0.0.1:${port} for ${purpose}: ${reason}; pass a free port, or 0 to let the system choose`,
    { cause: error },
  );
}
