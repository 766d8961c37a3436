import { tmpdir } from 'node:os';
import { REGION } from '../account.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** Addresses that the functions' SDK clients are pointed at. */
export type ServiceEndpoints = { kinesis: string; lambda: string };

/**
 * What a function finds in process.env: Lambda's own variables, the template's, and nothing of this process but the
 * PATH (and on Windows what Node needs to start). HOME is a neutral folder: the user's ~/.aws must not steer the SDK.
 */
export function environmentVariables(
  definition: FunctionDefinition,
  runtimeApiAddress: string,
  logStreamName: string,
  endpoints: ServiceEndpoints,
): Record<string, string> {
  const { PATH, SystemRoot, TEMP } = process.env;
  return {
    ...present({ PATH, SystemRoot, TEMP }),
    HOME: tmpdir(),
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ENDPOINT_URL_KINESIS: endpoints.kinesis,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
    ...definition.environment,
    _HANDLER: definition.handler,
    AWS_ACCESS_KEY_ID: 'embedded',
    AWS_SECRET_ACCESS_KEY: 'embedded',
    AWS_SESSION_TOKEN: 'embedded',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memorySizeMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_LAMBDA_RUNTIME_API: runtimeApiAddress,
    LAMBDA_TASK_ROOT: definition.codeDir,
  };
}

function present(variables: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
