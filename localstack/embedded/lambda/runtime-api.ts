import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenLocally, readBody } from '../local-server.ts';
import { SYNC_PAYLOAD_BYTES } from './invocation-result.ts';

/** One invocation of the Runtime API. */
export type RuntimeInvocation = { requestId: string; functionArn: string; deadlineMs: number; payload: Buffer };

/** Calls of the program in the environment. */
type RuntimeEvents = {
  /** The program asks for an invocation; `deliver` answers it. */
  onNext(deliver: (invocation: RuntimeInvocation) => void): void | Promise<void>;
  /** `body` is null when the response is longer than 6 MB. */
  onResponse(requestId: string, body: Buffer | null): void;
  onError(requestId: string, body: Buffer): void;
  onInitError(body: Buffer): void;
};

type RuntimeApi = { address: string; close(): Promise<void> };

const INVOCATION_PATH = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/;

/** Serves the Lambda Runtime API to one execution environment. */
export function serveRuntimeApi(events: RuntimeEvents): Promise<RuntimeApi> {
  return listenLocally('the Lambda Runtime API', 0, (request, response) => {
    route(request, response, events).catch(() => response.destroy());
  });
}

async function route(request: IncomingMessage, response: ServerResponse, events: RuntimeEvents): Promise<void> {
  const path = request.url ?? '';
  if (path === '/2018-06-01/runtime/invocation/next') {
    await events.onNext((invocation) => deliver(response, invocation));
    return;
  }
  const [, requestId = '', verb] = INVOCATION_PATH.exec(path) ?? [];
  if (verb === 'response') {
    const body = await readBody(request, SYNC_PAYLOAD_BYTES);
    answer(response, body === null ? 413 : 202);
    events.onResponse(requestId, body);
  } else if (verb === 'error') {
    const body = await readWhole(request);
    answer(response, 202);
    events.onError(requestId, body);
  } else if (path === '/2018-06-01/runtime/init/error') {
    const body = await readWhole(request);
    answer(response, 202);
    events.onInitError(body);
  } else {
    answer(response, 404);
  }
}

async function readWhole(request: IncomingMessage): Promise<Buffer> {
  return (await readBody(request)) ?? Buffer.alloc(0);
}

function deliver(response: ServerResponse, invocation: RuntimeInvocation): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': invocation.payload.length,
    'lambda-runtime-aws-request-id': invocation.requestId,
    'lambda-runtime-deadline-ms': String(invocation.deadlineMs),
    'lambda-runtime-invoked-function-arn': invocation.functionArn,
  });
  response.end(invocation.payload);
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(status === 202 ? '{"status":"OK"}' : '{}');
}
