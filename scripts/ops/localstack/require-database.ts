import { EmbeddedStackError } from '#localstack/embedded/errors.ts';
import { checkDatabase } from '#localstack/embedded/postgres/check-database.ts';
import { UsageError } from '#text/usage-error.ts';
import type { DatabaseUrls } from './database-urls.ts';

/**
 * Makes sure that the database can be used, as far as that can be told from here.
 *
 * @throws UsageError or EmbeddedStackError in one line
 */
export async function requireDatabase({ here, given }: DatabaseUrls): Promise<void> {
  if (here === null) return;
  try {
    await checkDatabase(here);
  } catch (error) {
    if (given || !(error instanceof EmbeddedStackError)) throw error;
    const { host } = new URL(here);
    throw new UsageError(
      `No database at ${host}, where localstack/compose.yaml has it: start that, or run npm run postgres and set DATABASE_URL to what it prints`,
      { cause: error },
    );
  }
}
