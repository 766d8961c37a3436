import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { installMinistack } from '#localstack/ministack/start.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The Python that runs MiniStack. */
    ministackPython: string;
  }
}

const INSTALLATIONS = fileURLToPath(new URL('../../out/ministack', import.meta.url));

/** MiniStack as pinned, for the whole run of the project; kept until the pins change. */
export async function setup(project: TestProject): Promise<void> {
  const startedMs = performance.now();
  project.provide('ministackPython', await installMinistack({ folder: INSTALLATIONS }));
  console.log(`MiniStack is installed (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
}
