import { Command } from 'commander';
import { EMULATOR_CONTEXT } from '#bench/targets/emulator.ts';
import { EMULATOR_ACCOUNT } from '#infra/config/emulator-account.ts';
import { readConfig } from '#infra/config/read-config.ts';
import { UsageError } from '#text/usage-error.ts';
import { parseCommand } from '../parse-command.ts';

export type DeployOptions = {
  /** The stack's name. */
  stack: string;
  /** All settings of the stack: those of every emulator, and the given ones. */
  context: Readonly<Record<string, string>>;
  verbose: boolean;
};

/** Settings that are fixed on an emulator: it has no other database, and holds nothing that must survive. */
const FIXED = ['database', 'databaseSecret', 'protect'];

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseDeployOptions(args: readonly string[]): DeployOptions | null {
  const command = new Command('npm run deploy:localstack --')
    .description('Deploys the stack to LocalStack or a compatible emulator, with the AWS CDK.')
    .option('-c, --context <key=value>', 'setting of the stack, such as window=60; may be given several times', collect)
    .option('--verbose', 'print the output of cdk, and the stack of an error')
    .addHelpText('after', ENVIRONMENT);
  const options = parseCommand<{ context?: string[]; verbose?: boolean }>(command, args);
  if (options === null) return null;
  const { context = [], verbose = false } = options;
  const given = Object.fromEntries(context.map(splitContext));
  return { ...checkContext(given), verbose };
}

const ENVIRONMENT = `
Environment:
  AWS_ENDPOINT_URL         URL of the emulator; default: http://127.0.0.1:4566
  DATABASE_URL             URL of the database; default: the database of localstack/compose.yaml
  FUNCTIONS_DATABASE_URL   URL of the same database for functions in containers; default: DATABASE_URL

Settings and their ranges: docs/deploy.md`;

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function splitContext(text: string): [string, string] {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key !== undefined && value !== undefined) return [key, value];
  throw new UsageError(`Invalid -c '${text}': expected key=value, such as window=60; see --help`);
}

/** Checks the settings before anything is started: `cdk` would answer with a stack of calls. */
function checkContext(given: Readonly<Record<string, string>>): Pick<DeployOptions, 'stack' | 'context'> {
  const fixed = FIXED.find((key) => key in given);
  if (fixed !== undefined) {
    const standard = (EMULATOR_CONTEXT as Record<string, string>)[fixed];
    throw new UsageError(
      `Invalid -c ${fixed}=${given[fixed]}: expected ${standard === undefined ? 'none' : `${fixed}=${standard}`} on an emulator; leave it out`,
    );
  }
  const context = { ...EMULATOR_CONTEXT, ...given };
  try {
    const config = readConfig((key) => context[key], EMULATOR_ACCOUNT);
    const unknown = Object.keys(given).find((key) => !(key in config));
    if (unknown !== undefined) {
      throw new RangeError(`Unknown context '${unknown}': expected one of ${Object.keys(config).sort().join(', ')}`);
    }
    return { stack: config.name, context };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
