import { functionArn } from '../account.ts';
import type { FunctionDefinition } from '../lambda/function-definition.ts';
import type { Functions } from '../lambda/functions.ts';
import { json, type Route } from './route.ts';

/** GetFunction and GetFunctionConfiguration. */
export function functionRoutes(functions: Functions): Route[] {
  return [
    {
      method: 'GET',
      path: /^\/2015-03-31\/functions\/([^/]+)\/configuration$/,
      answer: async ({ parameters: [name = ''] }) => json(200, describeFunction(functions.find(name))),
    },
    {
      method: 'GET',
      path: /^\/2015-03-31\/functions\/([^/]+)$/,
      async answer({ parameters: [name = ''] }) {
        const definition = functions.find(name);
        return json(200, {
          Configuration: describeFunction(definition),
          Code: { RepositoryType: 'S3', Location: `file://${definition.codeDir}` },
          ...(definition.reservedConcurrency === null
            ? {}
            : { Concurrency: { ReservedConcurrentExecutions: definition.reservedConcurrency } }),
        });
      },
    },
  ];
}

function describeFunction(definition: FunctionDefinition): Record<string, unknown> {
  return {
    FunctionName: definition.functionName,
    FunctionArn: functionArn(definition.functionName),
    Runtime: definition.runtime,
    Handler: definition.handler,
    Timeout: definition.timeoutSeconds,
    MemorySize: definition.memorySizeMb,
    Version: '$LATEST',
    Environment: { Variables: definition.environment },
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LoggingConfig: { LogFormat: 'JSON', LogGroup: definition.logGroupName },
  };
}
