import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type HttpAnswer = { status: number; headers?: Record<string, string>; body: string };

/** An endpoint that gives the same answer to every request; its URL. */
export async function serveAnswer({ status, headers = {}, body }: HttpAnswer): Promise<string> {
  const server = createServer((_, response) => void response.writeHead(status, headers).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
