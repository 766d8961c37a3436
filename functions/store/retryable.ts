const RETRYABLE_CODES = new Set([
  '40P01', // deadlock
  '40001', // serialization failure
  '55P03', // lock not available
  '57P01', // terminated by an administrator
  '57P02', // crash of another backend
  '57P03', // starting up
  '57P05', // idle session timeout, while the environment was frozen
  '53300', // too many connections for now
  '25006', // read-only: a failover left us on the old writer
  // An IAM token that could not be checked just now, or a resuming Aurora that knows its roles and rules not yet. A role
  // without its right to log in says the same, and is tried for as long as connecting takes.
  '28000',
  'ECONNRESET',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ENOTFOUND', // while a failover moves the name
  'EAI_AGAIN',
  'EPIPE',
]);

/** What the driver throws without a code when a connection is lost, or given up for lost. */
const LOST_CONNECTION =
  /^(Connection terminated|Client was closed|Client has encountered a connection error|Query read timeout|timeout expired)/;

/**
 * Whether the whole transaction may succeed on a fresh connection. Trying again is safe even where the first commit did
 * happen and only its answer was lost: the fence refuses the second.
 */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { code?: unknown };
  if (typeof code === 'string') return RETRYABLE_CODES.has(code) || code.startsWith('08');
  return LOST_CONNECTION.test(error.message);
}
