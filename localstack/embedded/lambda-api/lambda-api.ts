import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LocalServer, listenLocally } from '../http/local-server.ts';
import { readBody } from '../http/read-body.ts';
import type { AsyncInvocations } from '../lambda/async-invocations.ts';
import type { Functions } from '../lambda/functions.ts';
import { SYNC_PAYLOAD_BYTES } from '../lambda/limits.ts';
import { ServiceError } from '../lambda/service-error.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { functionRoutes } from './function-routes.ts';
import { invokeRoute } from './invoke-route.ts';
import { mappingRoutes } from './mapping-routes.ts';
import { type Answer, type ApiRequest, findRoute, type Route } from './route.ts';

export type LambdaApiServices = { functions: Functions; asyncInvocations: AsyncInvocations; mappings: Mappings };

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
