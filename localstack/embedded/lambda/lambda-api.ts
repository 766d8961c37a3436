import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { functionArn } from '../account.ts';
import { type LocalServer, listenLocally, readBody } from '../local-server.ts';
import { describeMapping, type Mappings } from '../mapping/mappings.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { Functions } from './functions.ts';
import { ASYNC_PAYLOAD_BYTES, SYNC_PAYLOAD_BYTES } from './invocation-result.ts';
import { invalidParameter, ServiceError, throttled } from './service-error.ts';

type LambdaApiServices = { functions: Functions; asyncInvocations: AsyncInvocations; mappings: Mappings };

/**
 * Serves the part of Lambda's HTTP API that the runtime knows, so that the SDK's client works unchanged.
 * @throws EmbeddedStackError when the port is taken
 */
export function serveLambdaApi(port: number, services: LambdaApiServices): Promise<LocalServer> {
  const routes: Route[] = [
    invokeRoute(services.functions, services.asyncInvocations),
    ...functionRoutes(services.functions),
    ...mappingRoutes(services.mappings),
  ];
  return listenLocally('the Lambda API', port, (request, response) => {
    answerRequest(routes, request)
      .catch(errorAnswer)
      .then((answer) => send(response, answer));
  });
}

async function answerRequest(routes: Route[], request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://lambda');
  const body = await readBody(request, SYNC_PAYLOAD_BYTES);
  if (body === null) {
    throw new ServiceError(
      'RequestEntityTooLargeException',
      413,
      `Request must be smaller than ${SYNC_PAYLOAD_BYTES} bytes for the InvokeFunction operation`,
    );
  }
  const { route, parameters } = findRoute(routes, request.method ?? '', url.pathname);
  const apiRequest: ApiRequest = { parameters, query: url.searchParams, headers: request.headers, body };
  return route.answer(apiRequest);
}

function errorAnswer(error: unknown): Answer {
  const known =
    error instanceof ServiceError
      ? error
      : new ServiceError('ServiceException', 500, error instanceof Error ? error.message : String(error));
  const { code, status, message, details } = known;
  const body = { Type: status < 500 ? 'User' : 'Service', Message: message, message, ...details };
  return { status, headers: { 'x-amzn-errortype': code }, body: JSON.stringify(body) };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers });
  response.end(body);
}

type ApiRequest = {
  /** Values of the path's groups, decoded. */
  parameters: string[];
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

type Answer = { status: number; headers?: Record<string, string>; body: string | Buffer };

/** One operation of the API: a method and a path whose groups are the parameters. */
type Route = { method: string; path: RegExp; answer(request: ApiRequest): Promise<Answer> };

function findRoute(routes: Route[], method: string, path: string): { route: Route; parameters: string[] } {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null) return { route, parameters: match.slice(1).map(decodeURIComponent) };
  }
  throw new ServiceError(
    'UnknownOperationException',
    404,
    `The embedded Lambda API does not support ${method} ${path}`,
  );
}

function json(status: number, body: unknown): Answer {
  return { status, body: JSON.stringify(body) };
}

/** The body of a request that carries JSON. */
function requestMembers(body: Buffer): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8') || '{}');
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // The error below covers invalid JSON too.
  }
  throw invalidParameter('The request body is not a JSON object');
}

/** POST /2015-03-31/functions/NAME/invocations: RequestResponse, Event and DryRun. */
function invokeRoute(functions: Functions, asyncInvocations: AsyncInvocations): Route {
  return {
    method: 'POST',
    path: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/,
    async answer(request) {
      const reference = functionReference(request);
      const payload = checkedPayload(request.body);
      // An unknown function is an error for every invocation type.
      functions.find(reference);
      const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
      if (type === 'DryRun') return { status: 204, body: '' };
      if (type === 'RequestResponse') return invoke(functions, reference, payload, request);
      if (type !== 'Event')
        throw invalidParameter(`InvocationType '${type}' is unknown: expected RequestResponse, Event or DryRun`);
      if (payload.length > ASYNC_PAYLOAD_BYTES) {
        const message = `${payload.length} byte payload is too large for the Event invocation type (limit ${ASYNC_PAYLOAD_BYTES} bytes)`;
        throw new ServiceError('RequestEntityTooLargeException', 413, message);
      }
      asyncInvocations.enqueue(reference, payload);
      return { status: 202, body: '' };
    },
  };
}

async function invoke(
  functions: Functions,
  reference: string,
  payload: Buffer,
  { headers }: ApiRequest,
): Promise<Answer> {
  const result = await functions.invoke(reference, payload);
  if (result === null) throw throttled();
  const { functionError, logTail, requestId, executedVersion } = result;
  return {
    status: 200,
    headers: {
      'x-amzn-requestid': requestId,
      'x-amz-executed-version': executedVersion,
      ...(functionError === null ? {} : { 'x-amz-function-error': functionError }),
      ...(headers['x-amz-log-type'] === 'Tail' ? { 'x-amz-log-result': Buffer.from(logTail).toString('base64') } : {}),
    },
    body: result.payload,
  };
}

/** Function name of the path, with the qualifier of the query. */
function functionReference({ parameters, query }: ApiRequest): string {
  const [name = ''] = parameters;
  const qualifier = query.get('Qualifier');
  return qualifier === null ? name : `${name}:${qualifier}`;
}

/** An empty payload is an empty object, as on Lambda. */
function checkedPayload(body: Buffer): Buffer {
  if (body.length === 0) return Buffer.from('{}');
  try {
    JSON.parse(body.toString('utf8'));
    return body;
  } catch (error) {
    throw new ServiceError(
      'InvalidRequestContentException',
      400,
      `Could not parse request body into json: ${String(error)}`,
    );
  }
}

/** GetFunction and GetFunctionConfiguration. */
function functionRoutes(functions: Functions): Route[] {
  return [
    {
      method: 'GET',
      path: /^\/2015-03-31\/functions\/([^/]+)\/configuration$/,
      answer: async ({ parameters: [name = ''] }) => json(200, describeFunction(functions.find(name))),
    },
    {
      method: 'GET',
      path: /^\/2015-03-31\/functions\/([^/]+)$/,
      async answer({ parameters: [name = ''] }) {
        const definition = functions.find(name);
        return json(200, {
          Configuration: describeFunction(definition),
          Code: { RepositoryType: 'S3', Location: `file://${definition.codeDir}` },
          ...(definition.reservedConcurrency === null
            ? {}
            : { Concurrency: { ReservedConcurrentExecutions: definition.reservedConcurrency } }),
        });
      },
    },
  ];
}

function describeFunction(definition: FunctionDefinition): Record<string, unknown> {
  return {
    FunctionName: definition.functionName,
    FunctionArn: functionArn(definition.functionName),
    Runtime: definition.runtime,
    Handler: definition.handler,
    Timeout: definition.timeoutSeconds,
    MemorySize: definition.memorySizeMb,
    Version: '$LATEST',
    Environment: { Variables: definition.environment },
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LoggingConfig: { LogFormat: 'JSON', LogGroup: definition.logGroupName },
  };
}

const ALL = /^\/2015-03-31\/event-source-mappings\/?$/;
const ONE = /^\/2015-03-31\/event-source-mappings\/([^/]+)$/;

/** Create-, List-, Get-, Update- and DeleteEventSourceMapping. */
function mappingRoutes(mappings: Mappings): Route[] {
  return [
    {
      method: 'POST',
      path: ALL,
      answer: async ({ body }) => json(202, describeMapping(await mappings.create(requestMembers(body)))),
    },
    {
      method: 'GET',
      path: ALL,
      async answer({ query }) {
        const filter = { streamArn: query.get('EventSourceArn'), functionReference: query.get('FunctionName') };
        return json(200, { EventSourceMappings: mappings.list(filter).map(describeMapping) });
      },
    },
    {
      method: 'GET',
      path: ONE,
      answer: async ({ parameters: [id = ''] }) => json(200, describeMapping(mappings.find(id))),
    },
    {
      method: 'PUT',
      path: ONE,
      answer: async ({ parameters: [id = ''], body }) =>
        json(202, describeMapping(mappings.update(id, requestMembers(body)))),
    },
    {
      method: 'DELETE',
      path: ONE,
      answer: async ({ parameters: [id = ''] }) => json(202, describeMapping(mappings.remove(id))),
    },
  ];
}
