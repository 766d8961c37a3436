import { formatDuration } from '#text/duration.ts';
import type { Report } from '../definition/report.ts';
import { flatten } from './flatten.ts';

/** A seed only draws the same load once more. */
const FREE = ['seed'];
const DURATIONS = ['duration', 'outOfOrderBy'];
/** Whether events are of now or of the past matters, not of which day. */
const GIVEN_OR_NOT = ['eventStart'];

/**
 * What differs between the loads of two reports, in words: `rate 500 and 1,000`. None: the same workload. An option that only one
 * of them knows is of another version of Tidemark, and has no say.
 */
export function findWorkloadDifferences(base: Report, other: Report): string[] {
  const differences = [
    compare('experiment', base.experiment, other.experiment),
    ...optionDifferences(base, other),
    compare('killed environments', base.faults.length, other.faults.length),
  ];
  // A log is the same by what is in it, wherever it lies.
  if (base.load.input !== null && other.load.input !== null) {
    differences.push(
      compare('lines of the log', base.load.input.linesRead, other.load.input.linesRead),
      compare('bytes of the log', base.load.bytes, other.load.bytes),
    );
  }
  return differences.filter((each) => each !== null);
}

function optionDifferences(base: Report, other: Report): (string | null)[] {
  const [one, two] = [flatten(base.load.options), flatten(other.load.options)];
  return Object.keys(one)
    .filter((name) => name in two && !FREE.includes(name) && name !== 'input')
    .map((name) => compare(flagOf(name), write(name, one[name]), write(name, two[name])));
}

function compare(what: string, one: string | number, two: string | number): string | null {
  if (one === two) return null;
  return `${what} ${one.toLocaleString('en-US')} and ${two.toLocaleString('en-US')}`;
}

/** `outOfOrderBy` is `--out-of-order-by` on the command line. */
function flagOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function write(name: string, value: unknown): string {
  if (GIVEN_OR_NOT.includes(name)) return value === null ? 'now' : 'past';
  if (value === null) return 'by default';
  if (typeof value !== 'number') return String(value);
  return DURATIONS.includes(name) ? formatDuration(value) : value.toLocaleString('en-US');
}
