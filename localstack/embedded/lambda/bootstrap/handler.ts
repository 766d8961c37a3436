import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RuntimeInvocation } from './runtime-client.ts';

export type Handler = (event: unknown, context: InvocationContext) => unknown;

const EXTENSIONS = ['.js', '.mjs', '.cjs'];

/**
 * Loads the function that "file.export" names under the task root.
 * @throws errors with the names of Lambda's runtime: Runtime.ImportModuleError, Runtime.HandlerNotFound
 */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
  const dot = handler.lastIndexOf('.');
  const file = handler.slice(0, dot);
  const exportName = handler.slice(dot + 1);
  const path = EXTENSIONS.map((extension) => join(taskRoot, file + extension)).find(existsSync);
  if (dot < 1 || path === undefined) {
    throw named('Runtime.ImportModuleError', `Error: Cannot find module '${file}' of handler '${handler}'`);
  }
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const commonJs = module.default as Record<string, unknown> | undefined;
  const found = module[exportName] ?? commonJs?.[exportName];
  if (typeof found !== 'function') {
    throw named('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  return found as Handler;
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** Second argument of a handler, with the members that async handlers use. */
type InvocationContext = {
  awsRequestId: string;
  callbackWaitsForEmptyEventLoop: boolean;
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  logGroupName: string;
  logStreamName: string;
  memoryLimitInMB: string;
  getRemainingTimeInMillis(): number;
};

export function invocationContext(invocation: RuntimeInvocation): InvocationContext {
  return {
    awsRequestId: invocation.requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? '',
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION ?? '',
    invokedFunctionArn: invocation.functionArn,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME ?? '',
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '',
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadlineMs - Date.now()),
  };
}
