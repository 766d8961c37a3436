import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import { checkStart } from '#bench/run/check-start.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { UsageError } from '#text/usage-error.ts';

const optionsOf = (...args: string[]) => parseOptions(args) as BenchmarkOptions;

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-start-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('checkStart', () => {
  it('refuses to keep tables in a database that goes with the run', async () => {
    await expect(checkStart(optionsOf('--keep'), undefined)).rejects.toThrow(
      new UsageError(
        '--keep needs DATABASE_URL, since the embedded database goes with the run: set it, or leave out --keep',
      ),
    );
    await checkStart(optionsOf('--keep'), 'postgres://127.0.0.1/x');
    await checkStart(optionsOf('--keep', '--target', 'localstack'), undefined);
  });

  it('refuses a log that is not there, and takes one that is', async () => {
    const log = join(await makeFolder(), 'access.log');
    await expect(checkStart(optionsOf('--input', log), undefined)).rejects.toThrow(/^Cannot read input '.*access.log'/);
    await writeFile(log, 'x\n');
    await checkStart(optionsOf('--input', log, '--repeat', '3'), undefined);
  });

  it('leaves a pipe unread, and refuses to read one twice', async () => {
    const pipe = join(await makeFolder(), 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    await checkStart(optionsOf('--input', '-'), undefined);
    await checkStart(optionsOf('--input', pipe), undefined); // opening it would wait for ever
    await expect(checkStart(optionsOf('--input', '-', '--repeat', '3'), undefined)).rejects.toThrow(
      new UsageError('--repeat 3 needs a log that can be read again: name a file with --input; see --help'),
    );
    await expect(checkStart(optionsOf('--input', pipe, '--repeat', '2'), undefined)).rejects.toThrow(
      new UsageError(`--repeat 2 needs a log that can be read again: '${pipe}' is a pipe; name a file`),
    );
  });
});
