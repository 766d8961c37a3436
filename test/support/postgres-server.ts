import type { TestProject } from 'vitest/node';
import { startPostgres } from '#localstack/embedded/postgres/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's URL of the PostgreSQL of this run. */
    postgresUrl: string;
  }
}

let close = async (): Promise<void> => undefined;

/** One PostgreSQL for all tests of a project: that of DATABASE_URL, otherwise an embedded one. */
export async function setup(project: TestProject): Promise<void> {
  const given = process.env.DATABASE_URL;
  if (given !== undefined && given !== '') {
    project.provide('postgresUrl', given);
    return;
  }
  const postgres = await startPostgres();
  close = postgres.close;
  project.provide('postgresUrl', postgres.url);
}

export async function teardown(): Promise<void> {
  await close();
}
