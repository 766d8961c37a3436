import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_STACK, TARGET_NAMES } from '#bench/targets/target.ts';
import { UsageError } from '#text/usage-error.ts';
import { givenOptions } from '../parse-command.ts';

const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

export function targetOption(): Option {
  return new Option('--target <name>', 'embedded: everything on this machine; localstack, aws: a stack deployed there')
    .choices(TARGET_NAMES)
    .default('embedded');
}

export function stackOption(): Option {
  return new Option('--stack <name>', 'name of the deployed stack').default(DEFAULT_STACK).argParser((text) => {
    if (STACK_NAME.test(text)) return text;
    throw new InvalidArgumentError('expected a letter, then up to 127 letters, digits or dashes');
  });
}

/** Options that have no meaning on some targets, each with the reason that the user is told. */
const ONLY_EMBEDDED: Record<string, string> = {
  '--kinesis-port': 'sets the port of an embedded service',
  '--lambda-port': 'sets the port of an embedded service',
  '--chaos': 'kills execution environments, which only the embedded runtime can do',
};
const ONLY_DEPLOYED: Record<string, string> = { '--stack': 'names a deployed stack' };

/** @throws UsageError that names the first given option which the target can't use */
export function refuseOptionsOfOtherTarget(command: Command): void {
  const target: string = command.getOptionValue('target');
  const [refused, needed] =
    target === 'embedded' ? [ONLY_DEPLOYED, '--target localstack or aws'] : [ONLY_EMBEDDED, '--target embedded'];
  const flag = givenOptions(command).find(({ long }) => long !== undefined && long in refused)?.long;
  if (!flag) return;
  throw new UsageError(`${flag} ${refused[flag]}: use ${needed}, or leave out ${flag}; see --help`);
}
