import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { startMinistack } from '#localstack/ministack/start.ts';
import { descendantsOf, isRunning, type Process } from '../support/processes.ts';

const PYTHON = inject('ministackPython');

/** Folders that these processes were started in, or with. */
function foldersOf(started: Process[]): string[] {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith('tidemark-ministack-'));
  return names.filter((name) => started.some(({ folder }) => folder.includes(name)));
}

describe('MiniStack', () => {
  it('runs twice side by side, each on a port of its own, until it is closed', async () => {
    const both = await Promise.all([startMinistack(PYTHON), startMinistack(PYTHON)]);

    const answers = await Promise.all(both.map(({ url }) => fetch(`${url}/_ministack/ready`)));
    await Promise.all(both.map((one) => one.close()));

    expect(new Set(both.map(({ url }) => url)).size).toBe(2);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
    await expect(fetch(`${both[0]?.url}/_ministack/ready`)).rejects.toThrow();
  });

  it('ends with the program that started it, killed, and leaves no folder', async () => {
    const program = fileURLToPath(new URL('ministack-user.ts', import.meta.url));
    const main = spawn(process.execPath, ['--import', 'tsx', program, PYTHON], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void main.kill('SIGKILL'));
    await once(main.stdout, 'data');
    const started = descendantsOf(main.pid as number);
    expect(started.filter(({ command }) => command.includes('ministack')).length).toBeGreaterThan(1); // it and its keeper
    expect(foldersOf(started)).toHaveLength(1);

    main.kill('SIGKILL');

    await expect.poll(() => started.filter(isRunning), { timeout: 20_000 }).toEqual([]);
    await expect.poll(() => foldersOf(started), { timeout: 10_000 }).toEqual([]);
  });

  it('says in one line why it cannot start', async () => {
    await expect(startMinistack('/no/such/python')).rejects.toThrow(
      "MiniStack can't start here: MiniStack did not start: spawn /no/such/python ENOENT",
    );
  });
});
