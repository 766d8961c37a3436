import { InvokeCommand, type LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';

/** Failures of the environment, not of the request: it was killed, ran out of time, or had no room. */
const PASSING_ERRORS = /^(Runtime\.(ExitError|OutOfMemory|ExitedUnexpectedly)|Sandbox\.Timedout|Runtime exited)/;
const ATTEMPTS = 12;

/**
 * Invokes a function and waits for its answer; again where its environment failed or all were busy, which is safe since
 * everything that is invoked here can run twice.
 *
 * @throws Error with the function's own message
 */
export async function invoke<Answer>(lambda: LambdaClient, functionName: string, request: unknown): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const failure = await tryInvoke<Answer>(lambda, functionName, request);
    if ('answer' in failure) return failure.answer;
    if (!failure.passing || attempt === ATTEMPTS) throw new Error(`${functionName} failed: ${failure.message}`);
    await new Promise((resolve) => setTimeout(resolve, Math.min(2000, 50 * 2 ** attempt)));
  }
}

type Outcome<Answer> = { answer: Answer } | { passing: boolean; message: string };

async function tryInvoke<Answer>(
  lambda: LambdaClient,
  functionName: string,
  request: unknown,
): Promise<Outcome<Answer>> {
  try {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) }),
    );
    const answer: unknown = JSON.parse(Payload?.transformToString() ?? 'null');
    if (FunctionError === undefined) return { answer: answer as Answer };
    const { errorType = '', errorMessage = '' } = answer as { errorType?: string; errorMessage?: string };
    return { passing: PASSING_ERRORS.test(errorType) || PASSING_ERRORS.test(errorMessage), message: errorMessage };
  } catch (error) {
    if (error instanceof TooManyRequestsException) return { passing: true, message: error.message };
    throw error;
  }
}
