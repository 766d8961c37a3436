import { listRuns, removeRun } from '#bench/run/left-runs.ts';
import { FunctionFailed, invoke } from '#bench/targets/invoke.ts';
import type { Clients } from '#bench/targets/target.ts';
import { UsageError } from '#text/usage-error.ts';
import { functionNameOf } from './function-name.ts';
import type { Step } from './steps.ts';

type Removal = (clients: Pick<Clients, 'kinesis' | 'lambda'>, stack: string, step: Step) => Promise<void>;

/** What a stack has in its database, and the function that can reach it. Runs come first: they have more than tables. */
const CONTENTS: readonly { what: string; entry: 'results' | 'schema'; remove: Removal }[] = [
  { what: 'runs', entry: 'results', remove: removeRuns },
  { what: 'tables', entry: 'schema', remove: removeTables },
];

/**
 * Removes what only the stack's own functions can reach, so before they go: the runs that are left, and the tables of the
 * deployed paths. By the names that follow from the stack's own, since it may be half deployed, of another version, or one
 * that allows no benchmark.
 *
 * @param functions those that the stack has, by name
 * @returns what stays there for want of a function
 * @throws UsageError where a function can't do it, most of all for want of the database
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

/** By name: one that is still under way loses its stream with that. */
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
      `${what}: ${(error as Error).message}: ${remedyOf(error)}, or pass --keep-tables to leave runs and tables`,
      { cause: error },
    );
  }
}

function remedyOf(error: unknown): string {
  if (error instanceof FunctionFailed) return 'start the database where that is why';
  return (error as Error).name === 'ResourceNotFoundException' ? 'deploy the stack again' : 'mend that';
}
