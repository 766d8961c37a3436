import { ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { clearDatabase } from '#ops/localstack/database-contents.ts';
import { FunctionFailure, type Script, scriptedTarget } from '#test/support/scripted-target.ts';
import { UsageError } from '#text/usage-error.ts';

const BOTH = ['Mine-results', 'Mine-schema'];

/** What is asked of each function, in order, by a removal on a stack whose functions answer so. */
async function removalOn(invoke: NonNullable<Script['invoke']>, functions: readonly string[] = BOTH) {
  const asked: [string, unknown][] = [];
  const target = scriptedTarget({
    invoke(functionName, request) {
      asked.push([functionName, request]);
      return invoke(functionName, request);
    },
  });
  const steps: string[] = [];
  const outcome = await clearDatabase(target, {
    stack: 'Mine',
    functions,
    step(name, work) {
      steps.push(name);
      return work();
    },
  }).catch((error: unknown) => error);
  return { asked, steps, outcome };
}

const answering = (_: string, { action }: { action?: string }) => (action === 'runs' ? { runs: ['left0001'] } : {});

const RUNS = [
  ['Mine-results', { action: 'runs' }],
  ['Mine-results', { action: 'drop', run: 'left0001' }],
];
const NO_RESULTS = { what: 'runs', missing: 'Mine-results' };
const NO_SCHEMA = { what: 'tables', missing: 'Mine-schema' };
const TABLES = [['Mine-schema', { remove: true }]];

describe('the removal of what a stack has in the database', () => {
  it('asks the results function for the runs, then the schema function for the tables', async () => {
    expect(await removalOn(answering)).toEqual({
      asked: [...RUNS, ...TABLES],
      steps: ['look for runs', 'remove run left0001', 'remove tables'],
      outcome: [],
    });
  });

  it.each([
    [['Mine-schema'], TABLES, ['remove tables'], [NO_RESULTS]],
    [['Mine-results'], RUNS, ['look for runs', 'remove run left0001'], [NO_SCHEMA]],
    [['Mine-2-results', 'Mine-micro-batch'], [], [], [NO_RESULTS, NO_SCHEMA]],
  ])('does what it can where there is only %j, and says what stays', async (functions, asked, steps, outcome) => {
    expect(await removalOn(answering, functions)).toEqual({ asked, steps, outcome });
  });

  it.each<[string, NonNullable<Script['invoke']>, string]>([
    [
      'the database is away',
      () => {
        throw new FunctionFailure('Error', 'connect ECONNREFUSED 127.0.0.1:5432');
      },
      "The runs can't be listed: Mine-results failed: connect ECONNREFUSED 127.0.0.1:5432: start the database if it is down",
    ],
    [
      'a function is away',
      (name, request) => {
        if (name === 'Mine-results') return answering(name, request);
        throw new ResourceNotFoundException({
          message: 'Function not found: Mine-schema',
          $metadata: {},
          Type: 'User',
        });
      },
      "The tables can't be removed: Function not found: Mine-schema: deploy the stack again",
    ],
    [
      'a run refuses to go',
      (name, request: { action?: string }) => {
        if (request.action === 'runs') return answering(name, request);
        throw new Error('access denied');
      },
      "Run left0001 can't be removed: access denied: fix the cause and run this again",
    ],
  ])('says what really failed where %s', async (_name, invoke, message) => {
    const { outcome } = await removalOn(invoke);
    expect(outcome).toEqual(new UsageError(`${message}, or pass --keep-tables to keep runs and tables`));
  });
});
