import { type Handler, invocationContext, loadHandler } from './handler.ts';
import { connectRuntimeApi, describeError } from './runtime-client.ts';

// Program of an execution environment. It does the work of Lambda's Node.js runtime over the documented Runtime API.
const api = connectRuntimeApi(process.env.AWS_LAMBDA_RUNTIME_API ?? '');

const NEVER_SETTLED =
  'The Lambda runtime client detected an unexpected Node.js exit code. ' +
  'This is most commonly caused by a Promise that was never settled.';

/** The running invocation. An uncaught error is reported as its error. */
let currentRequestId: string | null = null;

const failWith = (type: string) => async (reason: unknown) => {
  const document = { ...describeError(reason), errorType: type };
  console.error(JSON.stringify(document));
  if (currentRequestId !== null) await api.postError(currentRequestId, document);
  process.exit(1);
};
process.on('unhandledRejection', failWith('Runtime.UnhandledPromiseRejection'));
process.on('uncaughtException', (error) => failWith(error.name)(error));
// The event loop is empty: the handler waits for a promise that never settles.
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
