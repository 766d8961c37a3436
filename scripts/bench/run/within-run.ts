import type { Target } from '../targets/target.ts';
import { createRun, type IsolatedRun, type IsolatedRunOptions } from './isolated-run.ts';

/**
 * Makes a run, works in it, and removes it, whatever came of the work.
 *
 * @param options.keepSchemas whether its tables stay where the work ended well
 * @returns what the work did; null where the signal ended it
 * @throws what the work or the removal throws; what was made is removed as far as it can be
 */
export async function withinRun<Result>(
  target: Target,
  options: IsolatedRunOptions & { keepSchemas?: boolean },
  work: (run: IsolatedRun) => Promise<Result>,
): Promise<Result | null> {
  const { keepSchemas = false, onStep, signal } = options;
  const run = await unlessAborted(createRun(target, options), signal);
  if (run === null) return null;
  let result: Result | null;
  try {
    result = await unlessAborted(work(run), signal);
  } catch (error) {
    onStep(REMOVING);
    await run.remove({ keepSchemas: false }).catch((left: Error) => {
      throw new Error(`${(error as Error).message}; and the run was not removed: ${left.message}`, { cause: error });
    });
    throw error;
  }
  onStep(REMOVING);
  await run.remove({ keepSchemas: keepSchemas && result !== null });
  return result;
}

const REMOVING = "removing the run's stream, mapping and tables";

/** Null where work ended since the signal had come. */
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null;
    throw error;
  }
}
