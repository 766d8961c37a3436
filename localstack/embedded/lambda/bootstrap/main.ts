import { invocationContext } from './context.ts';
import { describeError } from './error-document.ts';
import { type Handler, loadHandler } from './load-handler.ts';
import { connectRuntimeApi } from './runtime-client.ts';

// Program of an execution environment: what Lambda's Node.js runtime does, over the documented Runtime API.
const api = connectRuntimeApi(process.env.AWS_LAMBDA_RUNTIME_API ?? '');

const NEVER_SETTLED =
  'The Lambda runtime client detected an unexpected Node.js exit code. ' +
  'This is most commonly caused by a Promise that was never settled.';

/** The invocation that is running; an error that nobody catches is its error. */
let currentRequestId: string | null = null;

const failWith = (type: string) => async (reason: unknown) => {
  const document = { ...describeError(reason), errorType: type };
  console.error(JSON.stringify(document));
  if (currentRequestId !== null) await api.postError(currentRequestId, document);
  process.exit(1);
};
process.on('unhandledRejection', failWith('Runtime.UnhandledPromiseRejection'));
process.on('uncaughtException', (error) => failWith(error.name)(error));
// Nothing is left to happen: the handler waits for a promise that nobody will settle.
process.on('beforeExit', () => failWith('Runtime.NodeJsExit')(new Error(NEVER_SETTLED)));

const handler = await initialize();
for (;;) {
  const invocation = await api.next();
  currentRequestId = invocation.requestId;
  await answer(handler, invocation);
  currentRequestId = null;
}

async function initialize(): Promise<Handler> {
  try {
    return await loadHandler(process.env.LAMBDA_TASK_ROOT ?? '', process.env._HANDLER ?? '');
  } catch (error) {
    console.error(error);
    await api.postInitError(describeError(error));
    process.exit(1);
  }
}

async function answer(handle: Handler, invocation: Awaited<ReturnType<typeof api.next>>): Promise<void> {
  const { requestId, payload } = invocation;
  let response: string;
  try {
    const result = await handle(JSON.parse(payload.toString('utf8')), invocationContext(invocation));
    response = JSON.stringify(result ?? null) ?? 'null';
  } catch (error) {
    const document = describeError(error);
    console.error(`${new Date().toISOString()}\t${requestId}\tERROR\tInvoke Error\t${JSON.stringify(document)}`);
    return api.postError(requestId, document);
  }
  return api.postResponse(requestId, response);
}
