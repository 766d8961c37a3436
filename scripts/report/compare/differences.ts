import { BOTH_PATHS, PATHS } from '#functions/contract.ts';
import { formatDuration } from '#text/duration.ts';
import type { Report } from '../definition/report.ts';
import type { Need } from './metric.ts';

/** Something other than a metric that differs between two reports. */
export type Difference = {
  readonly what: string;
  readonly base: string;
  readonly other: string;
  /** Needs of metrics that the difference breaks; empty for settings that people change in order to compare them. */
  readonly breaks: readonly Need[];
};

/** An object's values by their paths, `keys.hosts: 200`; a list is one value, as JSON. */
function flatten(value: object, before = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]): [string, unknown][] => {
      if (Array.isArray(each)) return [[`${before}${name}`, JSON.stringify(each)]];
      if (typeof each === 'object' && each !== null) return Object.entries(flatten(each, `${before}${name}.`));
      return [[`${before}${name}`, each]];
    }),
  );
}

function group(value: number): string {
  return value.toLocaleString('en-US');
}

// Workloads. Reports of different workloads are not compared at all.

/** Another seed draws the same load once more. */
const FREE_OPTIONS = ['seed', 'input'];
const DURATION_OPTIONS = ['duration', 'outOfOrderBy'];
/** Options of which only null or not matters: events are of now, or of any day in the past. */
const NULLABLE_OPTIONS = ['eventStart'];

/**
 * Differences between the loads of two reports, such as `rate 500 and 1,000`; empty for the same workload. An option that only one
 * report has comes from another version of Tidemark and is ignored.
 */
export function findWorkloadDifferences(base: Report, other: Report): string[] {
  const [one, two] = [flatten(base.load.options), flatten(other.load.options)];
  const options = Object.keys(one).filter((name) => name in two && !FREE_OPTIONS.includes(name));
  const differences = [
    differ('experiment', base.experiment, other.experiment),
    ...options.map((name) => differ(kebabCase(name), writeOption(name, one[name]), writeOption(name, two[name]))),
    differ('killed environments', base.faults.length, other.faults.length),
  ];
  // Logs are the same by content, wherever the files are.
  if (base.load.input !== null && other.load.input !== null) {
    differences.push(
      differ('lines of the log', base.load.input.linesRead, other.load.input.linesRead),
      differ('bytes of the log', base.load.bytes, other.load.bytes),
    );
  }
  return differences.filter((each) => each !== null);
}

function differ(what: string, one: string | number, two: string | number): string | null {
  return one === two ? null : `${what} ${one.toLocaleString('en-US')} and ${two.toLocaleString('en-US')}`;
}

/** `out-of-order-by` for `outOfOrderBy`, as the command line spells it. */
function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function writeOption(name: string, value: unknown): string {
  if (NULLABLE_OPTIONS.includes(name)) return value === null ? 'now' : 'past';
  if (value === null) return 'by default';
  if (typeof value !== 'number') return String(value);
  return DURATION_OPTIONS.includes(name) ? formatDuration(value) : group(value);
}

/** Loads with the same options differ by a few events, depending on the seed. */
const SAME_LOAD = 0.05;

/** `drained 1,000 and 2,000 events` where two drains of a window had different loads; null where they had the same. */
export function differingDrains(base: Report, other: Report, windowMs: number): string | null {
  const eventsOf = ({ drains }: Report): number => drains.find((each) => each.windowMs === windowMs)?.load.events ?? 0;
  const [one, two] = [eventsOf(base), eventsOf(other)];
  if (Math.abs(one - two) <= SAME_LOAD * Math.max(one, two)) return null;
  return `drained ${group(one)} and ${group(two)} events`;
}

// Settings, machine, scenario, fit and prices. Some of them rule out some metrics.

type Setting = { readonly what: string; readonly show: (report: Report) => string; readonly breaks?: readonly Need[] };

/** Settings that are compared as text, in the order in which they are listed. */
const SETTINGS: readonly Setting[] = [
  { what: 'Tidemark', show: ({ tidemarkVersion }) => tidemarkVersion },
  { what: 'stack version', show: ({ target }) => target.version },
  { what: 'target', show: ({ target }) => target.name, breaks: ['target'] },
  { what: 'endpoint', show: ({ target }) => target.endpoint ?? 'none' },
  { what: 'region', show: ({ target }) => target.region ?? 'none', breaks: ['target'] },
  { what: 'database', show: ({ target }) => target.database, breaks: ['target'] },
  { what: 'cpus', show: ({ machine }) => group(machine.cpus), breaks: ['machine'] },
  { what: 'platform', show: ({ machine }) => machine.platform, breaks: ['machine'] },
  { what: 'node', show: ({ machine }) => machine.node },
  { what: 'window', show: ({ settings }) => formatDuration(settings.windowMs), breaks: ['window'] },
  { what: 'bound', show: ({ settings }) => formatDuration(settings.boundMs) },
  { what: 'margin', show: ({ settings }) => formatDuration(settings.marginMs) },
  { what: 'max future skew', show: ({ settings }) => formatDuration(settings.maxFutureSkewMs) },
  { what: 'idle timeout', show: ({ settings }) => formatDuration(settings.idleTimeoutMs) },
  { what: 'late events', show: ({ settings }) => settings.latePolicy },
  { what: 'shards', show: ({ stream }) => group(stream.shards) },
  { what: 'batch size', show: ({ stream }) => group(stream.mapping.batchSize) },
  { what: 'batching window', show: ({ stream }) => `${stream.mapping.batchingWindowSeconds}s` },
  { what: 'seed', show: ({ load }) => String(load.options.seed ?? 'none') },
  { what: 'live runs', show: ({ repeats }) => group(Math.max(1, repeats.length)) },
  { what: 'measured', show: ({ complete }) => (complete ? 'all' : 'a part: it was interrupted') },
];

/** Differences between two reports other than their metrics and their workloads. */
export function findDifferences(base: Report, other: Report): Difference[] {
  return [
    ...SETTINGS.flatMap(({ what, show, breaks = [] }) => {
      const [one, two] = [show(base), show(other)];
      return one === two ? [] : [{ what, base: one, other: two, breaks: breaksOf(breaks, base, other) }];
    }),
    ...memoryDifference(base, other),
    ...scenarioDifferences(base, other),
    ...fitDifferences(base, other),
    ...priceDifferences(base, other),
  ];
}

/** On AWS the machine runs only the load generator and the observer. */
function breaksOf(breaks: readonly Need[], base: Report, other: Report): readonly Need[] {
  if (!breaks.includes('machine')) return breaks;
  const onAws = base.target.name === 'aws' && other.target.name === 'aws';
  return onAws ? ['load generator'] : ['machine', 'load generator'];
}

/** Machines of one type report slightly different memory sizes. */
const SAME_MEMORY = 0.05;

function memoryDifference(base: Report, other: Report): Difference[] {
  const [one, two] = [base.machine.memoryMb, other.machine.memoryMb];
  if (Math.abs(one - two) <= SAME_MEMORY * Math.max(one, two)) return [];
  const breaks = breaksOf(['machine'], base, other);
  return [{ what: 'memory', base: `${group(one)} MB`, other: `${group(two)} MB`, breaks }];
}

/** Event sizes in a scenario are measured, and vary slightly with the seed. */
const SAME_NUMBER = 0.01;
const LONGEST_TEXT = 40;

/** Differences between the scenarios that the two verdicts are about. */
function scenarioDifferences(base: Report, other: Report): Difference[] {
  const [one, two] = [describeScenario(base), describeScenario(other)];
  const names = [...new Set([...Object.keys(one), ...Object.keys(two)])];
  return names.flatMap((name) => {
    const [before, after] = [one[name], two[name]];
    if (before === after || areClose(before, after)) return [];
    return [{ what: `scenario's ${name}`, base: writeValue(before), other: writeValue(after), breaks: ['scenario'] }];
  });
}

/** A scenario without the settings that a verdict chooses for itself. */
function describeScenario({ scenario }: Report): Record<string, unknown> {
  const { workload, deployment, reader, freshnessUsd, leastShards } = scenario;
  const chosen = ['paths', 'windowSeconds', 'batchingWindowSeconds', 'shards', 'batchSize'];
  const given = Object.fromEntries(Object.entries(deployment).filter(([name]) => !chosen.includes(name)));
  return flatten({ ...workload, ...given, reader, freshnessUsd, leastShards });
}

function areClose(one: unknown, two: unknown): boolean {
  if (typeof one !== 'number' || typeof two !== 'number') return false;
  return Math.abs(one - two) <= SAME_NUMBER * Math.max(Math.abs(one), Math.abs(two));
}

function writeValue(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  const text = typeof value === 'number' ? group(value) : String(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** A model with measured coefficients and a model with standard ones differ for a reason that nobody changed. */
function fitDifferences(base: Report, other: Report): Difference[] {
  return BOTH_PATHS.flatMap((key) => {
    const fitted = ({ model }: Report): string => (model.fits[key].cpu === null ? 'not fitted' : 'fitted');
    const [one, two] = [fitted(base), fitted(other)];
    if (one === two) return [];
    return [{ what: `model's CPU of the ${PATHS[key].name} path`, base: one, other: two, breaks: ['fit'] }];
  });
}

type Quote = { readonly usd: number; readonly per: number } | undefined;

function priceDifferences(base: Report, other: Report): Difference[] {
  const tableOf = ({ prices }: Report): Readonly<Record<string, Quote>> => prices.table;
  const [one, two] = [tableOf(base), tableOf(other)];
  const names = [...new Set([...Object.keys(one), ...Object.keys(two)])];
  return names.flatMap((name) => {
    const [before, after] = [one[name], two[name]];
    if (before?.usd === after?.usd && before?.per === after?.per) return [];
    return [{ what: `price of ${name}`, base: writePrice(before), other: writePrice(after), breaks: ['prices'] }];
  });
}

function writePrice(quote: Quote): string {
  if (quote === undefined) return 'none';
  return `${quote.usd} USD${quote.per === 1 ? '' : ` for ${group(quote.per)}`}`;
}

// Metrics that a difference rules out.

/** Why a metric can't be compared. */
export type Obstacle = {
  /** `measured on other machines` */
  readonly brief: string;
  /** The same with the differences: `measured on other machines (cpus 2 and 8)`. */
  readonly reason: string;
};

const OBSTACLES: Readonly<Record<Need, string>> = {
  target: 'measured at other targets',
  machine: 'measured on other machines',
  'load generator': 'sent from other machines',
  window: 'of other windows',
  prices: 'at other prices',
  scenario: 'modelled for other scenarios',
  fit: 'modelled otherwise',
};

/** Another price table differs in every price; three of them are named. */
const MOST_NAMED = 3;

/** The first of the metric's needs that a difference breaks; null where the metric can be compared. */
export function findObstacle(needs: readonly Need[], differences: readonly Difference[]): Obstacle | null {
  for (const need of needs) {
    const broken = differences.filter(({ breaks }) => breaks.includes(need));
    if (broken.length === 0) continue;
    const named = broken.slice(0, MOST_NAMED).map(({ what, base, other }) => `${what} ${base} and ${other}`);
    const more = broken.length - named.length;
    const brief = OBSTACLES[need];
    return { brief, reason: `${brief} (${named.join('; ')}${more === 0 ? '' : `; and ${more} more`})` };
  }
  return null;
}
