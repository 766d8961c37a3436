import { UsageError } from '#text/usage-error.ts';
import type { Place } from './target.ts';

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);
const NOT_ACCEPTED = new Set([
  'AuthFailure',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);
const UNREACHABLE = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
]);

/** The place that a call went to. */
export type Destination = Pick<Place, 'name' | 'endpoint' | 'region'>;

/**
 * Explains a failed AWS call in one line that the user can act on: credentials, region, endpoint or permission.
 * Returns null if it failed for another reason.
 */
export function explainFailure(error: unknown, to: Destination): UsageError | null {
  const line = error instanceof Error ? lineFor(error, to) : null;
  return line === null ? null : new UsageError(line, { cause: error });
}

function lineFor(error: Error & { code?: unknown }, to: Destination): string | null {
  const { name, message } = error;
  const code = String(error.code ?? '');
  if (message === 'Region is missing' || message.includes('region=""')) {
    return 'No AWS region: expected AWS_REGION or a profile with one; set AWS_REGION, such as to us-east-1';
  }
  if (message.startsWith('Region not accepted')) {
    return `Invalid AWS region: ${message}: expected one such as us-east-1; mend AWS_REGION or the profile`;
  }
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return `No AWS credentials: ${message}: expected them in the environment, a profile or a login; set AWS_PROFILE or log in`;
  }
  if (EXPIRED.has(name)) return `The AWS credentials have expired (${name}): renew them, then start again`;
  if (NOT_ACCEPTED.has(name)) {
    return `The AWS credentials are not accepted (${name}: ${message}): check AWS_PROFILE, or AWS_ACCESS_KEY_ID and its secret`;
  }
  if (DENIED.has(name)) {
    const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? 'what is needed';
    return `No permission: ${message}: allow ${action}, or use other credentials`;
  }
  if (to.name === 'embedded') return null; // its endpoints are children of this process, so the user can mend nothing
  if (UNREACHABLE.has(code) || name === 'TimeoutError') return unreachableLine(message, code, to);
  return null;
}

function unreachableLine(message: string, code: string, { name, endpoint, region }: Destination): string {
  const what = message.includes(code) ? message : `${message} (${code})`.trimStart(); // the message is empty if both of two addresses failed
  if (name === 'aws') return `Can't reach AWS: ${what}: check region ${region ?? ''} and the network`;
  return `Can't reach the emulator at ${endpoint}: ${what}: start it, or set AWS_ENDPOINT_URL to where it is`;
}
