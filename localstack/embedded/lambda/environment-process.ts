import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { REGION } from '../account.ts';
import type { Warden } from '../lifetime/start-warden.ts';
import type { FunctionDefinition } from './function-definition.ts';

type EnvironmentProcess = {
  pid: number | undefined;
  /** Kills the process and its children at once. */
  kill(): void;
  output: readonly Readable[];
  /** Resolves when the process has ended and all of its output has arrived. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/** Share of the memory size for V8's old objects. The rest is for buffers, code and the young generation. */
const OLD_SPACE_SHARE = 0.9;

/** Starts the program of an environment in its own process group, so that a terminal's Ctrl-C does not reach it. */
export function spawnEnvironment(
  definition: FunctionDefinition,
  bootstrap: string,
  env: Record<string, string>,
  warden: Warden,
): EnvironmentProcess {
  const oldSpaceMb = Math.floor(definition.memorySizeMb * OLD_SPACE_SHARE);
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    [`--max-old-space-size=${oldSpaceMb}`, bootstrap],
    { cwd: definition.codeDir, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const { pid } = child;
  if (pid !== undefined) warden.guard(pid);
  return {
    pid,
    kill: () => killGroup(pid),
    output: [child.stdout, child.stderr],
    ended: new Promise((resolve) => {
      child.once('error', () => resolve({ code: null, signal: null }));
      child.once('close', (code, signal) => {
        if (pid !== undefined) warden.release(pid);
        resolve({ code, signal });
      });
    }),
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // The process has already ended.
  }
}

/** Endpoints for the SDK clients of the functions. */
export type ServiceEndpoints = { kinesis: string; lambda: string };

/**
 * Environment variables of a function: Lambda's own and the template's. Of this process it gets the PATH alone (on Windows
 * also what Node needs to start). HOME is a neutral folder, so that the user's ~/.aws does not configure the SDK.
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
