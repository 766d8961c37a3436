import { afterAll, beforeAll } from 'vitest';
import { startEmbedded } from '#bench/targets/embedded.ts';
import type { Target } from '#bench/targets/target.ts';

/** The embedded target for all tests of a file, with a PostgreSQL of its own. */
export function useEmbeddedTarget(): () => Target {
  let target: Target | undefined;
  beforeAll(async () => {
    target = await startEmbedded({
      databaseUrl: undefined,
      kinesisPort: 0,
      lambdaPort: 0,
      onStep: () => undefined,
    });
  });
  afterAll(() => target?.close());
  return () => {
    if (target === undefined) throw new Error('The embedded target has not started');
    return target;
  };
}
