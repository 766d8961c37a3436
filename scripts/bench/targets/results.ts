import { randomInt } from 'node:crypto';
import type {
  AggregationName,
  CountRow,
  LedgerRow,
  Path,
  ResultsAction,
  ResultsAnswers,
  ResultsRequests,
} from '#functions/contract.ts';
import { invoke } from './invoke.ts';
import type { StackOutputs } from './stack-outputs.ts';
import type { Target } from './target.ts';

/** The client and the name of the results function. */
export type ResultsPlace = Pick<Target, 'lambda'> & { outputs: Pick<StackOutputs, 'resultsFunction'> };

/** Asks the results function for one of its named actions. */
export function askResults<Action extends ResultsAction>(
  target: ResultsPlace,
  action: Action,
  request: ResultsRequests[Action],
): Promise<ResultsAnswers[Action]> {
  return invoke(target.lambda, target.outputs.resultsFunction, { action, ...request });
}

/** Reads every row of one of a path's tables, in the order of its keys. */
export async function* readCounts<Name extends AggregationName>(
  target: ResultsPlace,
  run: string,
  path: Path,
  aggregation: Name,
): AsyncGenerator<CountRow<Name>> {
  for (let after: CountRow<Name> | null = null; ; ) {
    const page = await askResults(target, 'counts', { run, path, aggregation, after });
    const rows = page.rows as CountRow<Name>[];
    yield* rows;
    after = rows.at(-1) ?? null;
    if (!page.more) return;
  }
}

/** Reads a path's whole ledger, in the order of its row ids. */
export async function readLedger(target: ResultsPlace, run: string, path: Path): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for (let more = true; more; ) {
    const page: ResultsAnswers['ledger'] = await askResults(target, 'ledger', {
      run,
      path,
      afterId: rows.at(-1)?.id ?? '0',
    });
    rows.push(...page.rows);
    more = page.more;
  }
  return rows;
}

/** True if the results function accepts the text as a run id. A stream with another name belongs to no run. */
export function isRunId(text: string): boolean {
  return /^[a-z0-9]{4,32}$/.test(text);
}

/** Returns a new run id of eight lowercase letters and digits; the run's stream and schemas are named by it. */
export function newRunId(): string {
  return Array.from({ length: 8 }, () => randomInt(36).toString(36)).join('');
}
