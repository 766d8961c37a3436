import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { failureOf } from './cdk-failure.ts';

/** Its package hides the program, but not where it is: `npx cdk` could be a package of another name. */
const CDK = join(createRequire(import.meta.url).resolve('aws-cdk/package.json'), '..', 'bin', 'cdk');

export type CdkOptions = {
  /** Where `cdk` looks for an app: without one, it leaves the app alone. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Ends it. */
  interrupted: AbortSignal;
  /** Shows what it prints as it comes. */
  verbose: boolean;
};

/**
 * Runs the AWS CDK's own command to its end, quietly.
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
    `cdk ${args[0]} failed: ${failureOf(output)}; mend that and run the same command again, with --verbose to see all of it`,
  );
}
