import type { LambdaClient } from '@aws-sdk/client-lambda';
import { listRuns, removeRun } from '#bench/run/left-runs.ts';
import { FunctionFailed, invoke } from '#bench/targets/invoke.ts';
import type { Clients } from '#bench/targets/target.ts';
import { UsageError } from '#text/usage-error.ts';
import type { Step } from './steps.ts';

/**
 * Creates or updates the tables. A deploy does so only if the stack has changed. On an emulator the database behind the URL
 * may be a new one every day, without a change of the stack.
 */
export async function migrate(lambda: LambdaClient, stack: string): Promise<void> {
  await invoke(lambda, functionNameOf(stack, 'schema'), {});
}

type Removal = (clients: Pick<Clients, 'kinesis' | 'lambda'>, stack: string, step: Step) => Promise<void>;

/** What a stack has in its database, and the function that removes it. Runs come first: they also have streams. */
const CONTENTS: readonly { what: string; entry: 'results' | 'schema'; remove: Removal }[] = [
  { what: 'runs', entry: 'results', remove: removeRuns },
  { what: 'tables', entry: 'schema', remove: removeTables },
];

/**
 * Removes the runs and the tables of a stack. Only its own functions reach the database, so this comes before they are
 * deleted. Names follow from the stack's own, since it may be incomplete, of another version, or without benchmarks.
 *
 * @param functions names of the stack's functions
 * @returns what stays because its function does not exist
 * @throws UsageError where a function fails, mostly because the database is not there
 */
export async function clearDatabase(
  clients: Pick<Clients, 'kinesis' | 'lambda'>,
  { stack, functions, step }: { stack: string; functions: readonly string[]; step: Step },
): Promise<{ what: string; missing: string }[]> {
  const kept: { what: string; missing: string }[] = [];
  for (const { what, entry, remove } of CONTENTS) {
    const name = functionNameOf(stack, entry);
    if (functions.includes(name)) await remove(clients, stack, step);
    else kept.push({ what, missing: name });
  }
  return kept;
}

/** A run that still goes on loses its stream. */
async function removeRuns(
  { kinesis, lambda }: Pick<Clients, 'kinesis' | 'lambda'>,
  stack: string,
  step: Step,
): Promise<void> {
  const place = {
    kinesis,
    lambda,
    outputs: {
      runStreamPrefix: `${stack}-run-`,
      microBatchFunction: functionNameOf(stack, 'micro-batch'),
      resultsFunction: functionNameOf(stack, 'results'),
    },
    deployedRun: null,
  };
  const runs = await step('look for runs', () => orExplain("The runs can't be listed", () => listRuns(place)));
  for (const run of runs) {
    await step(`remove run ${run}`, () => orExplain(`Run ${run} can't be removed`, () => removeRun(place, run)));
  }
}

async function removeTables({ lambda }: Pick<Clients, 'lambda'>, stack: string, step: Step): Promise<void> {
  await step('remove tables', () =>
    orExplain("The tables can't be removed", () => invoke(lambda, functionNameOf(stack, 'schema'), { remove: true })),
  );
}

async function orExplain<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `${what}: ${(error as Error).message}: ${remedyOf(error)}, or pass --keep-tables to keep runs and tables`,
      { cause: error },
    );
  }
}

function remedyOf(error: unknown): string {
  if (error instanceof FunctionFailed) return 'start the database if it is down';
  return (error as Error).name === 'ResourceNotFoundException'
    ? 'deploy the stack again'
    : 'fix the cause and run this again';
}

/** The name of a function follows from the name of its stack, also if the stack is incomplete; `entry` is its file in functions/. */
function functionNameOf(stack: string, entry: 'micro-batch' | 'scheduled-batch' | 'results' | 'schema'): string {
  return `${stack}-${entry}`;
}
