import type { IncomingHttpHeaders } from 'node:http';
import { invalidParameter, ServiceError } from '../lambda/service-error.ts';

export type ApiRequest = {
  /** What stands in the path's placeholders, decoded. */
  parameters: string[];
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

export type Answer = { status: number; headers?: Record<string, string>; body: string | Buffer };

/** One operation of the API: a method and a path whose groups are the parameters. */
export type Route = { method: string; path: RegExp; answer(request: ApiRequest): Promise<Answer> };

export function findRoute(routes: Route[], method: string, path: string): { route: Route; parameters: string[] } {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null) return { route, parameters: match.slice(1).map(decodeURIComponent) };
  }
  throw new ServiceError(
    'UnknownOperationException',
    404,
    `${method} ${path} is no operation that the embedded Lambda API knows`,
  );
}

export function json(status: number, body: unknown): Answer {
  return { status, body: JSON.stringify(body) };
}

/** The body of a request that carries JSON. */
export function requestMembers(body: Buffer): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8') || '{}');
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw invalidParameter('The request body is no JSON object');
}
