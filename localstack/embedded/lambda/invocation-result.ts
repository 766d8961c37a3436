/** Lambda's quotas that the runtime enforces. */
export const SYNC_PAYLOAD_BYTES = 6 * 1024 * 1024;
export const ASYNC_PAYLOAD_BYTES = 1024 * 1024;
export const LOG_TAIL_BYTES = 4 * 1024;
export const INIT_TIMEOUT_MS = 10_000;

/** Lambda's words for the signals that end a process. */
const SIGNAL_WORDS: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
};

export type InvocationStatus = 'success' | 'error' | 'timeout';

/** Result of an invocation, for its caller. */
export type InvocationResult = {
  requestId: string;
  /** The function's answer or the error document, as JSON. */
  payload: Buffer;
  functionError: 'Unhandled' | null;
  executedVersion: '$LATEST';
  /** Last 4 KB of the invocation's log. */
  logTail: string;
};

/** Outcome of an invocation inside its environment. */
export type Outcome = { status: InvocationStatus; payload: Buffer; errorType: string | null };

export function failed(status: InvocationStatus): InvocationResult['functionError'] {
  return status === 'success' ? null : 'Unhandled';
}

export function answered(payload: Buffer): Outcome {
  return { status: 'success', payload, errorType: null };
}

/** The function's program reported an error; `document` is the JSON that it sent. */
export function raised(document: Buffer): Outcome {
  return { status: 'error', payload: document, errorType: errorTypeOf(document) };
}

export function timedOut(requestId: string, timeoutSeconds: number, nowMs: number): Outcome {
  const when = new Date(nowMs).toISOString();
  return platformError(
    'timeout',
    'Sandbox.Timedout',
    `${when} ${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  );
}

export function initTimedOut(requestId: string, limitMs: number): Outcome {
  const seconds = (limitMs / 1000).toFixed(2);
  return platformError(
    'timeout',
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Init timed out after ${seconds} seconds`,
  );
}

export function exited(requestId: string, code: number | null, signal: NodeJS.Signals | null): Outcome {
  const how = signal === null ? `exit status ${code}` : `signal: ${SIGNAL_WORDS[signal] ?? signal}`;
  return platformError(
    'error',
    'Runtime.ExitError',
    `RequestId: ${requestId} Error: Runtime exited with error: ${how}`,
  );
}

export function outOfMemory(requestId: string): Outcome {
  const message = `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`;
  return platformError('error', 'Runtime.OutOfMemory', message);
}

export function tooLarge(limitBytes: number): Outcome {
  const message = `Response payload size exceeded maximum allowed payload size (${limitBytes} bytes).`;
  return platformError('error', 'Function.ResponseSizeTooLarge', message);
}

function platformError(status: InvocationStatus, errorType: string, errorMessage: string): Outcome {
  return { status, errorType, payload: Buffer.from(JSON.stringify({ errorType, errorMessage })) };
}

/** An error document as "Type: message", for the runtime's own errors. */
export function describeErrorDocument(document: Buffer): string {
  const { errorType, errorMessage } = readDocument(document);
  return typeof errorMessage === 'string' ? `${String(errorType)}: ${errorMessage}` : document.toString('utf8');
}

function errorTypeOf(document: Buffer): string | null {
  const { errorType } = readDocument(document);
  return typeof errorType === 'string' ? errorType : null;
}

function readDocument(document: Buffer): { errorType?: unknown; errorMessage?: unknown } {
  try {
    const parsed: unknown = JSON.parse(document.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
