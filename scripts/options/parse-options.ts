import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';
import { type BenchmarkOptions, OF_GENERATED_LOAD, OF_REAL_LOAD } from './benchmark-options.ts';
import { createCommand } from './command.ts';
import { parseCommand } from './parse-command.ts';
import { refuseOptionsOfOtherTarget } from './target-options.ts';

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseOptions(args: readonly string[]): BenchmarkOptions | null {
  const command = createCommand();
  const options = parseCommand<BenchmarkOptions>(command, args);
  if (options === null) return null;
  const [excess] = command.args;
  if (excess !== undefined) {
    throw new UsageError(`Unexpected argument '${excess}': expected options, after 'npm run bench --'; see --help`);
  }
  refuseOptionsOfOtherTarget(command);
  refuseOptionsOfOtherLoad(command, options);
  refuseShares(options);
  return options;
}

function refuseOptionsOfOtherLoad(command: Command, { input }: BenchmarkOptions): void {
  const ofOther = new Set<string>(input === undefined ? OF_REAL_LOAD : OF_GENERATED_LOAD);
  const flag = command.options.find((option) => {
    const name = option.attributeName();
    return ofOther.has(name) && command.getOptionValueSource(name) === 'cli';
  })?.long;
  if (flag === undefined) return;
  throw new UsageError(
    input === undefined
      ? `${flag} is about a log: name one with --input, or leave out ${flag}; see --help`
      : `${flag} shapes the generated load: leave it out with --input, or leave out --input; see --help`,
  );
}

/** A line has one fate, so their shares can't add up to more than all lines; 1e-9 forgives binary fractions. */
function refuseShares({ outOfOrder, lateShare, malformed }: BenchmarkOptions): void {
  const sum = outOfOrder + lateShare + malformed;
  if (sum <= 1 + 1e-9) return;
  throw new UsageError(
    `--out-of-order ${outOfOrder}, --late-share ${lateShare} and --malformed ${malformed} add up to ${Number(sum.toFixed(9))}: expected 1 at most; see --help`,
  );
}
