import { statSync } from 'node:fs';
import { UsageError } from '#text/usage-error.ts';
import type { BenchmarkOptions } from '../benchmark-options.ts';
import { readInput } from '../load/log-input.ts';

/**
 * Checks the options against this machine before anything is started: a mistake found later would cost the whole run.
 *
 * @param databaseUrl undefined: the run starts a database for itself
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

/** Reads the first bytes of a file. A pipe is left alone, because nobody could read those bytes again. */
async function checkInput(path: string, repeat: number): Promise<void> {
  const isPipe = path === '-' || statSync(path, { throwIfNoEntry: false })?.isFIFO();
  if (isPipe && repeat > 1) {
    const remedy = path === '-' ? 'name a file with --input; see --help' : `'${path}' is a pipe; name a file`;
    throw new UsageError(`--repeat ${repeat} needs a log that can be read again: ${remedy}`);
  }
  if (isPipe) return;
  for await (const _ of readInput(path)) return;
}
