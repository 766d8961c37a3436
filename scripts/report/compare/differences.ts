import { formatDuration } from '#text/duration.ts';
import type { Report } from '../definition/report.ts';
import type { Difference } from './comparison.ts';
import type { Need } from './metric.ts';
import { fitDifferences, priceDifferences, scenarioDifferences } from './modelled-differences.ts';

type Shown = { readonly what: string; readonly show: (report: Report) => string; readonly breaks?: readonly Need[] };

const ms =
  (of: (report: Report) => number) =>
  (report: Report): string =>
    formatDuration(of(report));
const whole = (value: number): string => value.toLocaleString('en-US');

/** What is shown and compared as text, in this order. */
const SHOWN: readonly Shown[] = [
  { what: 'Tidemark', show: ({ tidemarkVersion }) => tidemarkVersion },
  { what: 'stack version', show: ({ target }) => target.version },
  { what: 'target', show: ({ target }) => target.name, breaks: ['target'] },
  { what: 'endpoint', show: ({ target }) => target.endpoint ?? 'none' },
  { what: 'region', show: ({ target }) => target.region ?? 'none', breaks: ['target'] },
  { what: 'database', show: ({ target }) => target.database, breaks: ['target'] },
  { what: 'cpus', show: ({ machine }) => whole(machine.cpus), breaks: ['machine'] },
  { what: 'platform', show: ({ machine }) => machine.platform, breaks: ['machine'] },
  { what: 'node', show: ({ machine }) => machine.node },
  { what: 'window', show: ms(({ settings }) => settings.windowMs), breaks: ['window'] },
  { what: 'bound', show: ms(({ settings }) => settings.boundMs) },
  { what: 'margin', show: ms(({ settings }) => settings.marginMs) },
  { what: 'max future skew', show: ms(({ settings }) => settings.maxFutureSkewMs) },
  { what: 'idle timeout', show: ms(({ settings }) => settings.idleTimeoutMs) },
  { what: 'late events', show: ({ settings }) => settings.latePolicy },
  { what: 'shards', show: ({ stream }) => whole(stream.shards) },
  { what: 'batch size', show: ({ stream }) => whole(stream.mapping.batchSize) },
  { what: 'batching window', show: ({ stream }) => `${stream.mapping.batchingWindowSeconds}s` },
  { what: 'seed', show: ({ load }) => String(load.options.seed ?? 'none') },
  { what: 'live runs', show: ({ repeats }) => whole(Math.max(1, repeats.length)) },
  { what: 'measured', show: ({ complete }) => (complete ? 'all' : 'a part: it was interrupted') },
];

/** What differs between two reports beside their figures and their workloads. */
export function findDifferences(base: Report, other: Report): Difference[] {
  return [
    ...SHOWN.flatMap(({ what, show, breaks = [] }) => {
      const [one, two] = [show(base), show(other)];
      return one === two ? [] : [{ what, base: one, other: two, breaks: onTarget(breaks, base, other) }];
    }),
    ...memoryDifference(base, other),
    ...scenarioDifferences(base, other),
    ...fitDifferences(base, other),
    ...priceDifferences(base, other),
  ];
}

/** On AWS the machine does nothing but send and look on. */
function onTarget(breaks: readonly Need[], base: Report, other: Report): readonly Need[] {
  if (!breaks.includes('machine')) return breaks;
  const isAway = base.target.name === 'aws' && other.target.name === 'aws';
  return isAway ? ['load generator'] : ['machine', 'load generator'];
}

/** Machines of the same kind have a little more or less of it. */
const SAME_MEMORY = 0.05;

function memoryDifference(base: Report, other: Report): Difference[] {
  const [one, two] = [base.machine.memoryMb, other.machine.memoryMb];
  if (Math.abs(one - two) <= SAME_MEMORY * Math.max(one, two)) return [];
  return [
    { what: 'memory', base: `${whole(one)} MB`, other: `${whole(two)} MB`, breaks: onTarget(['machine'], base, other) },
  ];
}
