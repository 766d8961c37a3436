import { InvalidArgumentError, Option } from 'commander';
import { OPTION_RANGES } from '#bench/benchmark-options.ts';
import { formatDuration, MINUTE_MS, parseDuration, SECOND_MS } from '#text/duration.ts';
import { UsageError } from '#text/usage-error.ts';

/** Both ends are allowed; durations in ms. */
type Range = readonly [least: number, most: number];

/**
 * A number. A text that is none, or out of range, is refused in one line that names the range.
 *
 * @param standard the default; undefined: the option has no value unless it is given
 */
export function number(flags: string, description: string, range: Range, standard?: number): Option {
  return numeric(flags, description, range, standard, { kind: 'a number', fits: Number.isFinite });
}

/** A whole number, refused as `number` refuses. */
export function whole(flags: string, description: string, range: Range, standard?: number): Option {
  return numeric(flags, description, range, standard, { kind: 'a whole number', fits: Number.isInteger });
}

function numeric(
  flags: string,
  description: string,
  [least, most]: Range,
  standard: number | undefined,
  { kind, fits }: { kind: string; fits: (value: number) => boolean },
): Option {
  return new Option(flags, description).default(standard).argParser((text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!fits(value) || value < least || value > most) {
      throw new InvalidArgumentError(`expected ${kind} from ${least} to ${most}`);
    }
    return value;
  });
}

/** A TCP port on this machine. */
export function port(flag: string, of: string): Option {
  return whole(`${flag} <port>`, `port of ${of} on 127.0.0.1; 0: any free port`, OPTION_RANGES.kinesisPort, 0);
}

/**
 * A duration such as `10s`, read as ms. A wrong one is a UsageError that names the option and the range.
 *
 * @param standard the default as a user writes it; undefined: the option has no value unless it is given
 */
export function duration(flags: string, description: string, range: Range, standard?: string): Option {
  const [leastMs, mostMs] = range;
  return parsed(flags, description, (text) => parseDuration(nameIn(flags), text, { leastMs, mostMs }), standard);
}

/** A duration in whole seconds; otherwise as `duration`. */
export function seconds(flags: string, description: string, range: Range, standard?: string): Option {
  const [leastMs, mostMs] = range;
  const parse = (text: string): number => parseDuration(nameIn(flags), text, { leastMs, mostMs, wholeSeconds: true });
  return parsed(flags, description, parse, standard);
}

type DurationList = {
  /** Every duration is a multiple of it. */
  readonly step: keyof typeof STEPS_MS;
  /** The default as a user writes it; undefined: the option has no value unless it is given. */
  readonly standard?: string;
  /** Meaning of `none`, in words; undefined: `none` is refused. */
  readonly none?: string;
  readonly mostCount?: number;
};

const STEPS_MS = { 'whole seconds': SECOND_MS, 'whole minutes': MINUTE_MS };
const NONE = 'none';

/** Durations with commas between them, such as `1m,5m,1h`, read as ms in rising order; `none` is an empty list. */
export function durations(flags: string, description: string, range: Range, list: DurationList): Option {
  const [leastMs, mostMs] = range;
  const described = `${description}; ${list.step} from ${formatDuration(leastMs)} to ${formatDuration(mostMs)}`;
  const parse = (text: string): number[] => parseDurations(nameIn(flags), text, range, list);
  return parsed(
    flags,
    list.none === undefined ? described : `${described}; ${NONE}: ${list.none}`,
    parse,
    list.standard,
  );
}

function parseDurations(
  option: string,
  text: string,
  [leastMs, mostMs]: Range,
  { step, none, mostCount = Number.POSITIVE_INFINITY }: DurationList,
): number[] {
  if (text === NONE && none !== undefined) return [];
  const parts = text.split(',');
  if (parts.some((part) => part === '' || part === NONE)) {
    const rest = none === undefined ? 'such as 5m,1h' : `or ${NONE} alone`;
    throw new UsageError(
      `Invalid ${option} '${text}': expected durations with commas between them, ${rest}; see --help`,
    );
  }
  if (parts.length > mostCount) {
    throw new UsageError(`Invalid ${option} '${text}': expected ${mostCount} durations at most; see --help`);
  }
  const seen = new Map<number, string>();
  for (const part of parts) {
    const ms = parseDuration(option, part, { leastMs, mostMs });
    if (ms % STEPS_MS[step] !== 0) throw new UsageError(`Invalid ${option} '${part}': expected ${step}; see --help`);
    const same = seen.get(ms);
    if (same !== undefined) {
      const repeated = same === part ? `${part} twice` : `${part} and ${same}, which are the same`;
      throw new UsageError(`Invalid ${option} '${text}': expected each duration once, found ${repeated}; see --help`);
    }
    seen.set(ms, part);
  }
  return [...seen.keys()].sort((a, b) => a - b);
}

/**
 * An option whose text `parse` reads. An error of `parse` goes to the user as it is.
 *
 * @param standard the default as a user writes it; undefined: the option has no value unless it is given
 */
export function parsed<T>(flags: string, description: string, parse: (text: string) => T, standard?: string): Option {
  const option = new Option(flags, description).argParser(parse);
  return standard === undefined ? option : option.default(parse(standard), standard);
}

/** `--verbose`, which every command has: `tellFailure` reads it from the command line itself. */
export function verbose(): Option {
  return new Option('--verbose', 'print the stack of an error').default(false);
}

function nameIn(flags: string): string {
  return flags.split(' ')[0] as string;
}
