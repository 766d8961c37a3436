import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { ACCOUNT_ID, REGION } from '../account.ts';
import { EmbeddedStackError } from '../errors.ts';
import type { Warden } from '../lifetime/start-warden.ts';
import { listenError } from '../local-server.ts';

/** The one message of the Kinesis process to the main program. */
export type KinesisMessage = { kind: 'listening'; port: number } | { kind: 'failed'; code: string; message: string };

type KinesisProcess = { url: string; close(): Promise<void> };

/**
 * Starts Kinesis in its own process, which ends with this one.
 * @throws EmbeddedStackError when the port is taken
 */
export async function startKinesis(program: string, port: number, warden: Warden): Promise<KinesisProcess> {
  const modulePath = createRequire(import.meta.url).resolve('kinesalite');
  const child = fork(program, [modulePath, String(port)], {
    detached: true,
    execArgv: [],
    env: { PATH: process.env.PATH, AWS_ACCOUNT_ID: ACCOUNT_ID, AWS_REGION: REGION },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const stderr: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  const { pid } = child;
  if (pid !== undefined) warden.guard(pid);

  let isClosing = false;
  const ended = once(child, 'exit').then(([code, signal]) => {
    if (pid !== undefined) warden.release(pid);
    return new EmbeddedStackError(
      `The Kinesis process ended by itself (${signal ?? `exit code ${code}`}): ${lastLine(stderr)}; start the stack again`,
    );
  });
  const message = await Promise.race([once(child, 'message').then(([first]) => first as KinesisMessage), ended]);
  const close = async () => {
    isClosing = true;
    child.kill('SIGKILL');
    await ended;
  };
  if (message instanceof Error) throw message;
  if (message.kind === 'failed') {
    await close();
    throw listenError('Kinesis', port, Object.assign(new Error(message.message), { code: message.code }));
  }
  ended.then((error) => {
    if (!isClosing) console.error(error.message);
  });
  return { url: `http://127.0.0.1:${message.port}`, close };
}

function lastLine(chunks: Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8').trim().split('\n').at(-1) || 'nothing on stderr';
}
