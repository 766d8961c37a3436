import type { AsyncInvocations } from '../lambda/async-invocations.ts';
import type { Functions } from '../lambda/functions.ts';
import { ASYNC_PAYLOAD_BYTES } from '../lambda/limits.ts';
import { invalidParameter, ServiceError, throttled } from '../lambda/service-error.ts';
import type { Answer, ApiRequest, Route } from './route.ts';

/** POST /2015-03-31/functions/NAME/invocations: RequestResponse, Event and DryRun. */
export function invokeRoute(functions: Functions, asyncInvocations: AsyncInvocations): Route {
  return {
    method: 'POST',
    path: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/,
    async answer(request) {
      const reference = functionReference(request);
      const payload = checkedPayload(request.body);
      // The function must be there, whatever the type.
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

/** The name in the path, with the qualifier of the query. */
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
