import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CLIENT, type SmallFunction, startSmallStack, stream, writeAssembly } from './small-stack.ts';

const PATIENT = { timeout: 25_000, interval: 50 };

const FUNCTIONS: Record<string, SmallFunction> = {
  spinner: {
    code: `import { appendFileSync } from 'node:fs';
      export const handler = () => { appendFileSync(process.env.SEEN, process.pid + '\\n'); for (;;); };`,
  },
  waiter: {
    code: `import { appendFileSync } from 'node:fs';
      export const handler = () => { appendFileSync(process.env.SEEN, process.pid + '\\n'); return new Promise((resolve) => setTimeout(resolve, 60_000)); };`,
  },
};

/** Processes of the runtime's child programs that this process started; on Linux only. */
function runtimeProcesses(parentPid: number): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      try {
        const parent = readFileSync(`/proc/${entry}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[1];
        return Number(parent) === parentPid && readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes('out/embedded/');
      } catch {
        return false;
      }
    })
    .map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the lifetime of a stack', () => {
  it.skipIf(process.platform !== 'linux')('leaves no process when the main program is killed', async () => {
    const { assemblyDir, seenPath } = writeAssembly(FUNCTIONS, { Events: stream(1) });
    const program = fileURLToPath(new URL('./stack-user.ts', import.meta.url));
    const main = spawn(process.execPath, ['--import', 'tsx', program, assemblyDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      main.kill('SIGKILL');
      rmSync(assemblyDir, { recursive: true, force: true });
    });
    const [line] = (await once(main.stdout, 'data')) as [Buffer];
    const lambda = new LambdaClient({ ...CLIENT, endpoint: line.toString().trim() });
    for (const FunctionName of ['spinner', 'waiter']) {
      lambda.send(new InvokeCommand({ FunctionName })).catch(() => {});
    }
    await expect.poll(() => readFileSync(seenPath, 'utf8').split('\n').filter(Boolean).length, PATIENT).toBe(2);
    // Kinesis, the warden and two environments.
    const children = runtimeProcesses(main.pid ?? 0);
    expect(children).toHaveLength(4);
    main.kill('SIGKILL');
    await expect.poll(() => children.filter(isAlive), PATIENT).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('ends every process on close, which can be called twice', async () => {
    const stack = await startSmallStack(FUNCTIONS, { Events: stream(1) });
    onTestFinished(stack.close);
    stack.lambda.send(new InvokeCommand({ FunctionName: 'waiter' })).catch(() => {});
    await expect.poll(() => stack.seen().length, PATIENT).toBe(1);
    expect(runtimeProcesses(process.pid)).toHaveLength(3);
    await Promise.all([stack.close(), stack.close()]);
    expect(runtimeProcesses(process.pid)).toEqual([]);
  });

  it('runs two stacks side by side', async () => {
    const code = { echo: { code: 'export const handler = async () => process.env.AWS_ENDPOINT_URL_KINESIS;' } };
    const stacks = await Promise.all([startSmallStack(code), startSmallStack(code)]);
    const answers = await Promise.all(
      stacks.map(async ({ lambda }) => {
        const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'echo' }));
        return JSON.parse(Payload?.transformToString() ?? '');
      }),
    );
    expect(answers).toEqual(stacks.map(({ endpoints }) => endpoints.kinesis));
    await Promise.all(stacks.map((stack) => stack.close()));
  });

  it.each([
    ['kinesisPort', 'Kinesis'],
    ['lambdaPort', 'the Lambda API'],
  ])('refuses a busy %s in one line', async (option, name) => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    await expect(startSmallStack({}, { Events: stream(1) }, { [option]: port })).rejects.toThrow(
      `Cannot listen on 127.0.0.1:${port} for ${name}: the port is in use; pass a free port, or 0`,
    );
    if (process.platform === 'linux') expect(runtimeProcesses(process.pid)).toEqual([]);
    blocker.close();
  });

  it('refuses to start when a trigger function fails, and names its error', async () => {
    const functions = { schema: { code: `export const handler = async () => { throw new Error('no database'); };` } };
    const trigger = {
      Type: 'Custom::Trigger',
      Properties: { HandlerArn: { Ref: 'Version' }, InvocationType: 'RequestResponse' },
    };
    const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'schema' } } };
    await expect(startSmallStack(functions, { Migrate: trigger, Version: version })).rejects.toThrow(
      "Trigger 'Migrate' failed: function 'schema' answered Error: no database",
    );
  });
});
