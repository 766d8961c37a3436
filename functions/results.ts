import type { ResultsAction, ResultsAnswers, ResultsRequests, Status } from './contract.ts';
import { AGGREGATION_NAMES } from './core/aggregations.ts';
import { BOTH_PATHS, type Path } from './core/paths.ts';
import { parseSettings } from './core/settings.ts';
import { readDeployment } from './deployment.ts';
import type { Context } from './invocation.ts';
import { connectionBy } from './login/connection.ts';
import { type Database, openDatabase, type Session } from './store/database.ts';
import { registerShards } from './store/path-state.ts';
import { preparePath } from './store/prepare-path.ts';
import { readCounts } from './store/read-counts.ts';
import { readLedger } from './store/read-ledger.ts';
import { readQuarantine } from './store/read-quarantine.ts';
import { readProgress, readTotals } from './store/read-totals.ts';
import { grantCounting } from './store/roles.ts';
import { deployedSchema, dropRun, listRuns, runSchema } from './store/schemas.ts';

type Actions = {
  [Action in ResultsAction]: (database: Database, request: ResultsRequests[Action]) => Promise<ResultsAnswers[Action]>;
};

/** The actions that may be requested from outside. No action accepts SQL. */
const ACTIONS: Actions = {
  async prepare(database, { run, stream, shardIds, settings }) {
    requireBenchmarkRun(run, stream);
    const counted = { stream, shardIds, settings: parseSettings(settings) };
    const prepare = async (path: Path): Promise<string> => {
      const schema = runSchema(run, path);
      await database.within(null, async (session) => {
        await preparePath(session, schema, path, counted);
        if (deployment.roles !== null) await grantCounting(session, schema, deployment.roles[path]);
      });
      return schema;
    };
    return { schemas: await forEachPath(prepare) };
  },

  async register(database, { run, stream, shardIds }) {
    requireBenchmarkRun(run, stream);
    await forEachPath((path) => inTables(database, run, path, (session) => registerShards(session, stream, shardIds)));
    return { registered: shardIds.length };
  },

  progress: (database, { run }) => forEachPath((path) => inTables(database, run, path, readProgress)),

  verify: (database, { run }) => forEachPath((path) => inTables(database, run, path, readTotals)),

  async status(database) {
    const status: Partial<Record<Path, Status>> = {};
    for (const path of deployment.paths) {
      status[path] = await inTables(database, null, path, async (session) => ({
        ...(await readProgress(session)),
        ...(await readTotals(session)),
      }));
    }
    return status;
  },

  counts(database, { run, path, aggregation, after }) {
    if (!AGGREGATION_NAMES.includes(aggregation)) {
      throw new RangeError(`Unknown aggregation '${aggregation}': expected one of ${AGGREGATION_NAMES.join(', ')}`);
    }
    return inTables(database, run, path, (session) => readCounts(session, aggregation, after));
  },

  quarantine: async (database, { run, path, limit }) => ({
    lines: await inTables(database, run, path, (session) => readQuarantine(session, limit)),
  }),

  ledger: (database, { run, path, afterId }) =>
    inTables(database, run, path, (session) => readLedger(session, afterId)),

  drop: async (database, { run }) => ({ dropped: await database.within(null, (session) => dropRun(session, run)) }),

  runs: async (database) => ({ runs: await database.within(null, listRuns) }),
};

const deployment = readDeployment();

/** @throws RangeError if the action, the run or the path is unknown */
export async function handler<Action extends ResultsAction>(
  request: { action: Action } & ResultsRequests[Action],
  context: Context,
): Promise<ResultsAnswers[Action]> {
  if (!Object.hasOwn(ACTIONS, request.action)) {
    throw new RangeError(`Unknown action '${request.action}': expected one of ${Object.keys(ACTIONS).join(', ')}`);
  }
  const database = openDatabase({
    connection: connectionBy(deployment.login),
    applicationName: 'tidemark results',
    statementTimeoutMs: 60_000,
    remainingMs: () => context.getRemainingTimeInMillis(),
  });
  try {
    return await ACTIONS[request.action](database, request);
  } finally {
    await database.close();
  }
}

/** Runs `work` in the schema of a run's path; a run of null stands for the deployed stream. */
function inTables<T>(
  database: Database,
  run: string | null,
  path: Path,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  if (!BOTH_PATHS.includes(path))
    throw new RangeError(`Unknown path '${path}': expected one of ${BOTH_PATHS.join(', ')}`);
  if (run === null && !deployment.paths.includes(path)) {
    throw new RangeError(`Path '${path}' isn't deployed: expected one of ${deployment.paths.join(', ')}`);
  }
  return database.within(run === null ? deployedSchema(path, deployment) : runSchema(run, path), work);
}

async function forEachPath<T>(work: (path: Path) => Promise<T>): Promise<Record<Path, T>> {
  return { microBatch: await work('microBatch'), scheduledBatch: await work('scheduledBatch') };
}

/** @throws Error if the stack allows no benchmark runs, RangeError if the stream does not belong to the run */
function requireBenchmarkRun(run: string, stream: string): void {
  if (!deployment.benchmark) {
    throw new Error(`Stack '${deployment.stack}' allows no benchmark runs: deploy it with -c benchmark=true`);
  }
  if (stream !== `${deployment.runPrefix}${run}`) {
    throw new RangeError(`Stream '${stream}' isn't run '${run}': expected '${deployment.runPrefix}${run}'`);
  }
}
