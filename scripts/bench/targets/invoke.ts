import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { pause } from './poll.ts';

/** Failures of the environment, not of the request: it was killed, or it ran out of time or memory. */
const PASSING_ERRORS = /^(Runtime\.(ExitError|OutOfMemory|ExitedUnexpectedly)|Sandbox\.Timedout|Runtime exited)/;
/** Errors that pass: all environments are busy, or the function's network is made again after weeks without use. */
const NOT_NOW = new Set([
  'EC2ThrottledException',
  'ResourceConflictException',
  'ResourceNotReadyException',
  'TooManyRequestsException',
]);
const ATTEMPTS = 12;
/** Time for a refused call, ms: another call may keep the environment for the 15 minutes that a function may run. */
const NOT_NOW_FOR_MS = 16 * 60_000;

/** The function was called and failed. */
export class FunctionFailed extends Error {}

/**
 * Invokes a function and waits for its answer. It calls again if the environment failed or all were busy, which is safe
 * because every function here may run twice.
 *
 * @param signal ends the waiting, not the function
 * @throws FunctionFailed with the function's own message; any error of the API; the signal's reason
 */
export async function invoke<Answer>(
  lambda: LambdaClient,
  functionName: string,
  request: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const giveUpMs = Date.now() + NOT_NOW_FOR_MS;
  let failures = 0;
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const outcome = await tryInvoke<Answer>(lambda, functionName, request, signal);
    if ('answer' in outcome) return outcome.answer;
    const { cause, message } = outcome;
    if (cause === 'environment') failures++;
    if (cause === 'request' || failures === ATTEMPTS || Date.now() > giveUpMs) {
      throw new FunctionFailed(`${functionName} failed: ${message}`);
    }
    await pause(Math.min(2000, 50 * 2 ** attempt), signal);
  }
}

type Outcome<Answer> = { answer: Answer } | { cause: 'request' | 'environment' | 'not-now'; message: string };

async function tryInvoke<Answer>(
  lambda: LambdaClient,
  functionName: string,
  request: unknown,
  signal: AbortSignal | undefined,
): Promise<Outcome<Answer>> {
  try {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) }),
      signal === undefined ? {} : { abortSignal: signal },
    );
    const answer: unknown = JSON.parse(Payload?.transformToString() ?? 'null');
    if (FunctionError === undefined) return { answer: answer as Answer };
    const { errorType = '', errorMessage = '' } = answer as { errorType?: string; errorMessage?: string };
    const passing = PASSING_ERRORS.test(errorType) || PASSING_ERRORS.test(errorMessage);
    return { cause: passing ? 'environment' : 'request', message: errorMessage };
  } catch (error) {
    signal?.throwIfAborted();
    const { name, message } = error as Error;
    if (NOT_NOW.has(name)) return { cause: 'not-now', message };
    throw error;
  }
}
