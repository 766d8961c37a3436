import { InvalidArgumentError, Option } from 'commander';
import { OPTION_RANGES } from '#bench/benchmark-options.ts';
import { type DurationRange, parseDuration } from '#text/duration.ts';
import { UsageError } from '#text/usage-error.ts';

/** A TCP port on this machine. */
export function port(flag: string): Option {
  return whole(`${flag} <port>`, 'port on 127.0.0.1; 0: the system chooses', ...OPTION_RANGES.kinesisPort, 0);
}

/**
 * A whole number.
 *
 * @param standard none: undefined where it is not given
 */
export function whole(flags: string, description: string, least: number, most: number, standard?: number): Option {
  return number(flags, description, least, most, standard, Number.isInteger, 'a whole number');
}

/**
 * A number, refused in commander's one line where it is none, or not from `least` to `most`.
 *
 * @param standard none: undefined where it is not given
 * @param fits what else is asked of it
 * @param what it is then, for the message
 */
export function number(
  flags: string,
  description: string,
  least: number,
  most: number,
  standard?: number,
  fits: (value: number) => boolean = Number.isFinite,
  what = 'a number',
): Option {
  return new Option(flags, description).default(standard).argParser((text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!fits(value) || value < least || value > most) {
      throw new InvalidArgumentError(`expected ${what} from ${least} to ${most}`);
    }
    return value;
  });
}

/**
 * A duration such as `10s`, as ms. One that is none, or not from `leastMs` to `mostMs`, is a UsageError that names the option.
 *
 * @param standard as it would be written; undefined: undefined where it is not given
 * @param wholeSeconds whether parts of a second are refused
 */
export function duration(
  flags: string,
  description: string,
  standard: string | undefined,
  leastMs: number,
  mostMs: number,
  wholeSeconds = false,
): Option {
  const name = flags.split(' ')[0] as string;
  const range: DurationRange = { leastMs, mostMs, wholeSeconds };
  const parse = (text: string): number => parseDuration(name, text, range);
  const option = new Option(flags, description).argParser(parse);
  return standard === undefined ? option : option.default(parse(standard), standard);
}

/**
 * Whatever `parse` makes of the text; what it throws is its own.
 *
 * @param standard as it would be written
 */
export function parsed<T>(flags: string, description: string, parse: (text: string) => T, standard: string): Option {
  return new Option(flags, description).argParser(parse).default(parse(standard), standard);
}

/**
 * How many times as fast as its own time a log is replayed.
 *
 * @throws UsageError where the text is neither `max` nor a number above 0, up to 10⁹
 */
export function parseSpeed(text: string): 'max' | number {
  const factor = Number(text);
  const [above, most] = OPTION_RANGES.speed;
  if (text === 'max') return text;
  if (text.trim() === '' || !(factor > above && factor <= most)) {
    throw new UsageError(`Invalid --speed '${text}': expected max or a number above 0, such as 60; see --help`);
  }
  return factor;
}

/**
 * How many environments are killed during the load.
 *
 * @throws UsageError where the text is not `kill=N` with up to four digits
 */
export function parseChaos(text: string): { kills: number } {
  const match = /^kill=(\d{1,4})$/.exec(text);
  if (match === null) throw new UsageError(`Invalid --chaos '${text}': expected kill=N, such as kill=5; see --help`);
  return { kills: Number(match[1]) };
}
