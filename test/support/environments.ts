import { vi } from 'vitest';
import type { Context } from '#functions/invocation.ts';
import { SETTINGS } from './settings.ts';
import { SHARD } from './tallies.ts';

/** What the stack would tell its functions; a run's stream is `test-run-<id>`. */
export const DEPLOYED = { stack: 'Test', stream: 'events', runPrefix: 'test-run-' };

/** How micro-batch environments call their connection, which they keep while they are warm. */
export const MICRO_BATCH_CONNECTION = 'tidemark micro-batch';

type Handlers = {
  'micro-batch': typeof import('#functions/micro-batch.ts').handler;
  'scheduled-batch': typeof import('#functions/scheduled-batch.ts').handler;
  results: typeof import('#functions/results.ts').handler;
  schema: typeof import('#functions/schema.ts').handler;
};

/** A cold start: the handler's module, loaded anew, with a state and a connection of its own. */
export async function startEnvironment<Entry extends keyof Handlers>(
  entry: Entry,
  databaseUrl: string,
  overrides: Record<string, string> = {},
): Promise<Handlers[Entry]> {
  const variables = {
    STACK: DEPLOYED.stack,
    PATHS: 'both',
    BENCHMARK: 'true',
    DATABASE_URL: databaseUrl,
    STREAM_NAME: DEPLOYED.stream,
    RUN_STREAM_PREFIX: DEPLOYED.runPrefix,
    SETTINGS: JSON.stringify(SETTINGS),
    TICK_MS: '300000',
    AWS_REGION: 'us-east-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...overrides,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.resetModules();
  try {
    const { handler } = (await import(`../../functions/${entry}.ts`)) as { handler: Handlers[Entry] };
    return handler;
  } finally {
    vi.unstubAllEnvs();
  }
}

/** The lines that handlers log from here on, kept out of the tests' own output. */
export function captureLog(): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  return lines;
}

export function context(remainingMs = 60_000): Context {
  return { awsRequestId: 'a-request', getRemainingTimeInMillis: () => remainingMs };
}

/** A request to the results function: prepare a run with one shard. */
export function prepareRun(run: string) {
  return {
    action: 'prepare' as const,
    run,
    stream: `${DEPLOYED.runPrefix}${run}`,
    shardIds: [SHARD],
    settings: SETTINGS,
  };
}
