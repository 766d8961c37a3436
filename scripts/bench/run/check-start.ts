import { statSync } from 'node:fs';
import { UsageError } from '#text/usage-error.ts';
import type { BenchmarkOptions } from '../benchmark-options.ts';
import { readInput } from '../load/log-input.ts';

/**
 * Finds what would end a benchmark later: before anything is started for it.
 *
 * @param databaseUrl undefined: there is only the database of the run's own
 * @throws UsageError in one line
 */
export async function checkStart(options: BenchmarkOptions, databaseUrl: string | undefined): Promise<void> {
  const { target, keep, input, repeat } = options;
  if (target === 'embedded' && keep && databaseUrl === undefined) {
    throw new UsageError(
      '--keep needs DATABASE_URL, since the embedded database goes with the run: set it, or leave out --keep',
    );
  }
  if (input !== undefined) await checkInput(input, repeat);
}

/** Reads a file's first bytes. Only a file's: what is read from a pipe is gone. */
async function checkInput(path: string, repeat: number): Promise<void> {
  const isPipe = path === '-' || statSync(path, { throwIfNoEntry: false })?.isFIFO();
  if (isPipe && repeat > 1) {
    throw new UsageError(`--repeat ${repeat} needs a log that can be read again: '${path}' is a pipe; name a file`);
  }
  if (isPipe) return;
  for await (const _ of readInput(path)) return;
}
