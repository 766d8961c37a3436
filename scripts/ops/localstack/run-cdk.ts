import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from '#bench/targets/emulator.ts';

/** Path of the program in the installed package; `npx cdk` could run a package of another name. */
const CDK = join(createRequire(import.meta.url).resolve('aws-cdk/package.json'), '..', 'bin', 'cdk');

export type CdkOptions = {
  /** Folder in which `cdk` looks for an app; without one it synthesizes nothing. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Ends `cdk`. */
  interrupted: AbortSignal;
  /** Prints the output of `cdk` as it comes. */
  verbose: boolean;
};

/**
 * Runs the CDK's command-line program to its end; its output is shown only on request.
 *
 * @throws Error with the reason in one line where it fails
 */
export async function runCdk(args: readonly string[], { cwd, env, interrupted, verbose }: CdkOptions): Promise<void> {
  const child = spawn(process.execPath, [CDK, ...args, '--no-notices', '--no-color'], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
      if (verbose) process.stderr.write(chunk);
    });
  }
  const end = (): void => void child.kill('SIGTERM');
  interrupted.addEventListener('abort', end);
  if (interrupted.aborted) end();
  const [code] = (await once(child, 'close')) as [number | null];
  interrupted.removeEventListener('abort', end);
  if (code === 0 || interrupted.aborted) return;
  throw new Error(
    `cdk ${args[0]} failed: ${failureOf(output)}; run the same command again after a fix, or with --verbose for all of the output`,
  );
}

/** A failed resource in the output of `cdk --progress errors-only`: stack | status | type | name, then the reason. */
const FAILED_RESOURCE = /^.+ \| \w+_FAILED +\| \S+ +\| (\S+) (?:\(\S+\) )?(.*)$/m;
const FAILED_OTHERWISE = /^ *(?:❌|✘|‣) *(.+)$/m;
/** The message of the exception that ended a program. */
const EXCEPTION = /^(?:\w*Error|error): (.+)$/m;

/** Finds in the output of `cdk` why it failed, in one line. */
export function failureOf(output: string): string {
  const [, resource, reason] = FAILED_RESOURCE.exec(output) ?? [];
  if (resource !== undefined) return `${resource}: ${reason || 'no reason given'}`;
  const line = EXCEPTION.exec(output)?.[1] ?? FAILED_OTHERWISE.exec(output)?.[1];
  return line ?? (output.trim().split('\n').at(-1) || 'it printed nothing');
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a program that must reach the emulator and nothing else. An endpoint of one service, a profile, or a
 * switch that ignores endpoints would each lead it to AWS.
 */
export function environmentFor({ endpoint, region, credentials }: Emulator, env: Environment): NodeJS.ProcessEnv {
  const others = Object.entries(env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  const noProxy = [env.no_proxy || env.NO_PROXY, new URL(endpoint).hostname].filter(Boolean).join(',');
  return {
    ...Object.fromEntries(others),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NO_PROXY: noProxy,
    no_proxy: noProxy, // some libraries read one name, some the other
  };
}
