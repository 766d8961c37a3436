import { InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../usage-error.ts';
import { type DurationRange, parseDuration } from './duration.ts';

export function port(flag: string): Option {
  return whole(`${flag} <port>`, 'port on 127.0.0.1; 0: the system chooses', 0, 65_535, 0);
}

export function whole(flags: string, description: string, least: number, most: number, standard?: number): Option {
  return number(flags, description, least, most, standard, Number.isInteger, 'a whole number');
}

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

export function parsed<T>(flags: string, description: string, parse: (text: string) => T, standard: string): Option {
  return new Option(flags, description).argParser(parse).default(parse(standard), standard);
}

export function parseSpeed(text: string): 'max' | number {
  const factor = Number(text);
  if (text === 'max') return text;
  if (text.trim() === '' || !(factor > 0 && factor <= 1e9)) {
    throw new UsageError(`Invalid --speed '${text}': expected max or a number above 0, such as 60; see --help`);
  }
  return factor;
}

export function parseChaos(text: string): { kills: number } {
  const match = /^kill=(\d{1,4})$/.exec(text);
  if (match === null) throw new UsageError(`Invalid --chaos '${text}': expected kill=N, such as kill=5; see --help`);
  return { kills: Number(match[1]) };
}
