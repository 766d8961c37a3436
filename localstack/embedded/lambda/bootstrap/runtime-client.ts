import { Agent, type IncomingMessage, request } from 'node:http';

export type RuntimeInvocation = { requestId: string; deadlineMs: number; functionArn: string; payload: Buffer };

type RuntimeClient = {
  next(): Promise<RuntimeInvocation>;
  postResponse(requestId: string, body: string): Promise<void>;
  postError(requestId: string, document: ErrorDocument): Promise<void>;
  postInitError(document: ErrorDocument): Promise<void>;
};

/**
 * The four calls of the Lambda Runtime API at "host:port". One connection carries them all. When it closes, the
 * runtime is gone, and the process ends.
 */
export function connectRuntimeApi(address: string): RuntimeClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const base = `http://${address}/2018-06-01/runtime`;
  const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const response = await send(agent, 'POST', base + path, headers, body);
    for await (const _chunk of response);
  };
  const postErrorTo = (path: string, document: ErrorDocument) =>
    post(path, JSON.stringify(document), { 'lambda-runtime-function-error-type': header(document.errorType) });

  return {
    async next() {
      const response = await send(agent, 'GET', `${base}/invocation/next`, {});
      const chunks: Buffer[] = [];
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
      return {
        requestId: String(response.headers['lambda-runtime-aws-request-id']),
        deadlineMs: Number(response.headers['lambda-runtime-deadline-ms']),
        functionArn: String(response.headers['lambda-runtime-invoked-function-arn']),
        payload: Buffer.concat(chunks),
      };
    },
    postResponse: (requestId, body) => post(`/invocation/${requestId}/response`, body),
    postError: (requestId, document) => postErrorTo(`/invocation/${requestId}/error`, document),
    postInitError: (document) => postErrorTo('/init/error', document),
  };
}

function send(
  agent: Agent,
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: string,
): Promise<IncomingMessage> {
  return new Promise((resolve) => {
    const call = request(url, { agent, method, headers });
    call.once('socket', (socket) => {
      if (socket.listenerCount('close', endProcess) === 0) socket.once('close', endProcess);
    });
    call.once('error', endProcess);
    call.once('response', resolve);
    call.end(body);
  });
}

function endProcess(): never {
  process.exit(1);
}

/** Replaces what an HTTP header cannot carry: all but visible ASCII. */
function header(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}

/** An error in the form that Lambda returns. */
type ErrorDocument = { errorType: string; errorMessage: string; trace: string[] };

export function describeError(error: unknown): ErrorDocument {
  if (error instanceof Error) {
    return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}
