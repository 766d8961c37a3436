import { Option } from 'commander';
import { formatDuration, parseDuration } from '#text/duration.ts';
import { UsageError } from '#text/usage-error.ts';

type DurationsAllowed = {
  /** As on the command line; `none` for an empty list. */
  standard: string;
  range: readonly [leastMs: number, mostMs: number];
  /** What `none` means, in words. */
  none: string;
  /** Every duration is a multiple of this; `step` says so in words. */
  stepMs: number;
  step: string;
};

const NONE = 'none';

/** An option whose value is durations between commas, or `none`; what it reads is rising, whatever the order. */
export function durations(flags: string, description: string, allowed: DurationsAllowed): Option {
  const name = flags.split(' ')[0] as string;
  const { step, standard, none } = allowed;
  const [leastMs, mostMs] = allowed.range;
  const described = `${step} from ${formatDuration(leastMs)} to ${formatDuration(mostMs)}; ${NONE}: ${none}`;
  const parse = (text: string): number[] => parseDurations(name, text, allowed);
  return new Option(flags, `${description}; ${described}`).argParser(parse).default(parse(standard), standard);
}

/**
 * Reads `1m,5m,1h` as milliseconds, rising.
 *
 * @throws UsageError naming the option, the one that is wrong and what was expected
 */
export function parseDurations(
  option: string,
  text: string,
  allowed: Omit<DurationsAllowed, 'standard' | 'none'>,
): number[] {
  if (text === NONE) return [];
  const { stepMs, step } = allowed;
  const [leastMs, mostMs] = allowed.range;
  const seen = new Map<number, string>();
  for (const part of text.split(',')) {
    if (part === '' || part === NONE) {
      throw new UsageError(
        `Invalid ${option} '${text}': expected durations with commas between them, or ${NONE} alone; see --help`,
      );
    }
    const ms = parseDuration(option, part, { leastMs, mostMs });
    if (ms % stepMs !== 0) throw new UsageError(`Invalid ${option} '${part}': expected ${step}; see --help`);
    const same = seen.get(ms);
    if (same !== undefined) {
      const both = same === part ? 'is there twice' : `is ${same}, which is there too`;
      throw new UsageError(`Invalid ${option} '${text}': ${part} ${both}: expected each once; see --help`);
    }
    seen.set(ms, part);
  }
  return [...seen.keys()].sort((a, b) => a - b);
}
