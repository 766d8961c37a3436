import type { Command } from 'commander';
import { type BenchmarkOptions, OF_GENERATED_LOAD, OF_REAL_LOAD } from '#bench/benchmark-options.ts';
import { UsageError } from '#text/usage-error.ts';
import { refuseOptionsOfOtherTarget } from '../options/target-options.ts';
import { parseCommand } from '../parse-command.ts';
import { createCommand } from './benchmark-command.ts';

/** What Commander reads; the rest follows from it. */
type Given = Omit<BenchmarkOptions, 'calibrate'>;

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseOptions(args: readonly string[]): BenchmarkOptions | null {
  const command = createCommand();
  const given = parseCommand<Given>(command, args);
  if (given === null) return null;
  const [excess] = command.args;
  if (excess !== undefined) {
    throw new UsageError(`Unexpected argument '${excess}': expected options, after 'npm run bench --'; see --help`);
  }
  refuseOptionsOfOtherTarget(command);
  refuseOptionsOfOtherLoad(command, given);
  refuseSweepOfLog(command, given);
  refuseShares(given);
  const isDefault = command.getOptionValueSource('windows') === 'default';
  return {
    ...given,
    windows: given.input === undefined ? given.windows : [],
    calibrate: isDefault || given.windows.length > 0,
  };
}

/** What each option of the sweep does that no log can be used for. */
const OF_SWEEP: Record<'--windows' | '--batching-windows' | '--max-events', string> = {
  '--windows': 'measures windows of a generated load',
  '--batching-windows': 'measures batching windows with a generated load',
  '--max-events': 'limits what is measured with a generated load',
};

/** @throws UsageError naming an option of the sweep that a replay can't heed; `none` asks for nothing */
function refuseSweepOfLog(command: Command, { input }: Given): void {
  if (input === undefined) return;
  for (const [flag, reason] of Object.entries(OF_SWEEP)) {
    const name = command.options.find(({ long }) => long === flag)?.attributeName() ?? '';
    const value: unknown = command.getOptionValue(name);
    if (command.getOptionValueSource(name) !== 'cli' || (Array.isArray(value) && value.length === 0)) continue;
    throw new UsageError(`${flag} ${reason}: leave it out with --input, or leave out --input; see --help`);
  }
}

function refuseOptionsOfOtherLoad(command: Command, { input }: Given): void {
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
function refuseShares({ outOfOrder, lateShare, malformed }: Given): void {
  const sum = outOfOrder + lateShare + malformed;
  if (sum <= 1 + 1e-9) return;
  throw new UsageError(
    `--out-of-order ${outOfOrder}, --late-share ${lateShare} and --malformed ${malformed} add up to ${Number(sum.toFixed(9))}: expected 1 at most; see --help`,
  );
}
