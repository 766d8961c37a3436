import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_STACK, TARGET_NAMES } from '#bench/targets/target.ts';
import { UsageError } from '#text/usage-error.ts';

const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

export function targetOption(): Option {
  return new Option('--target <name>', 'embedded: all on this machine; localstack, aws: a stack that is deployed there')
    .choices(TARGET_NAMES)
    .default('embedded');
}

export function stackOption(): Option {
  return new Option('--stack <name>', 'the deployed stack').default(DEFAULT_STACK).argParser((text) => {
    if (STACK_NAME.test(text)) return text;
    throw new InvalidArgumentError('expected a letter, then up to 127 letters, digits or dashes');
  });
}

/** Flags that mean nothing on some targets, and what to say there. */
const ONLY_EMBEDDED: Record<string, string> = {
  '--kinesis-port': 'says where an embedded service listens',
  '--lambda-port': 'says where an embedded service listens',
  '--chaos': 'needs a runtime that can kill environments, which only the embedded one can',
};
const ONLY_DEPLOYED: Record<string, string> = { '--stack': 'names a stack that is deployed' };

/** @throws UsageError naming an option that was given and that the target can't heed */
export function refuseOptionsOfOtherTarget(command: Command): void {
  const target: string = command.getOptionValue('target');
  const [refused, needed] =
    target === 'embedded' ? [ONLY_DEPLOYED, '--target localstack or aws'] : [ONLY_EMBEDDED, '--target embedded'];
  for (const option of command.options) {
    const reason = refused[option.long ?? ''];
    if (reason === undefined || command.getOptionValueSource(option.attributeName()) !== 'cli') continue;
    throw new UsageError(`${option.long} ${reason}: use ${needed}, or leave out ${option.long}; see --help`);
  }
}
