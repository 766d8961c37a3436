import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InvocationContext } from './context.ts';

export type Handler = (event: unknown, context: InvocationContext) => unknown;

const EXTENSIONS = ['.js', '.mjs', '.cjs'];

/**
 * The function that "file.export" names under the task root.
 * @throws errors named like those of Lambda's runtime: Runtime.ImportModuleError, Runtime.HandlerNotFound
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
