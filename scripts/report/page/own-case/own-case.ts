import { REGIMES, type Regime } from '#model/deployment.ts';
import {
  type PreparedScenario,
  READERS,
  type Reader,
  SCENARIO_RANGES,
  type Scenario,
} from '#model/verdict/scenario.ts';
import { withHosts } from '#model/workload/keys.ts';
import { changeRate, prepareWorkload } from '#model/workload/workload.ts';
import { plural } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import { READERS_IN_WORDS, REGIMES_IN_WORDS } from '../../words/case.ts';
import { formatDollars } from '../../words/figures.ts';

/** The parts of the report's scenario that a reader of the page can change. */
export type OwnCase = {
  readonly eventsPerSecond: number;
  readonly hosts: number;
  readonly windowSeconds: number;
  readonly reader: Reader;
  readonly regime: Regime;
  /** USD a month for each minute of mean delay. */
  readonly freshnessUsd: number;
};

/** The case of the report itself. */
export function caseOf({ workload, deployment, reader, freshnessUsd }: Scenario): OwnCase {
  return {
    eventsPerSecond: workload.eventsPerSecond,
    hosts: workload.keys.hosts,
    windowSeconds: deployment.windowSeconds,
    reader,
    regime: deployment.regime,
    freshnessUsd,
  };
}

export function isSameCase(one: OwnCase, other: OwnCase): boolean {
  return (Object.keys(one) as (keyof OwnCase)[]).every((name) => one[name] === other[name]);
}

/**
 * Makes scenarios of cases, as the threshold command makes them of its options. A window that is not the report's is the only one judged,
 * so that it is the example of the verdict. A case with the report's own hosts keeps their table of rows.
 */
export function createScenarios(base: Scenario): (own: OwnCase) => PreparedScenario {
  const prepared = prepareWorkload(base.workload);
  return ({ eventsPerSecond, hosts, ...own }) => {
    const { keys } = base.workload;
    const workload =
      hosts === keys.hosts
        ? changeRate(prepared, eventsPerSecond)
        : prepareWorkload({ ...base.workload, eventsPerSecond, keys: withHosts(keys, hosts) });
    return {
      ...base,
      workload,
      deployment: { ...base.deployment, regime: own.regime },
      windowsSeconds: own.windowSeconds === base.deployment.windowSeconds ? base.windowsSeconds : [own.windowSeconds],
      reader: own.reader,
      freshnessUsd: own.freshnessUsd,
    };
  };
}

/** Values of a slider; the positions of a range input are indexes of this list. */
export type Steps = readonly number[];

const DECADE = [1, 1.5, 2, 3, 5, 7];

/** 1 to 10^decades in steps that look even on a logarithmic scale. */
function logSteps(decades: number): number[] {
  const steps = Array.from({ length: decades }, (_, exponent) => DECADE.map((digit) => digit * 10 ** exponent)).flat();
  return [...steps, 10 ** decades];
}

const isWhole = (step: number): boolean => Number.isInteger(step);

export const RATE_STEPS: Steps = logSteps(6).filter(isWhole);
export const HOST_STEPS: Steps = logSteps(7).filter(isWhole);
export const FRESHNESS_STEPS: Steps = [0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

const MINUTES = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1_440];
export const WINDOW_STEPS: Steps = MINUTES.map((minutes) => minutes * 60);

/** Adds the value of a report or a link to the steps. */
export function withStep(steps: Steps, value: number): Steps {
  return steps.includes(value) ? steps : [...steps, value].sort((a, b) => a - b);
}

/** The case of a chart: `500 events/s · 1,000 hosts · windows of 5 minutes · …`. */
export function describeCase({ eventsPerSecond, hosts, windowSeconds, reader, regime, freshnessUsd }: OwnCase): string {
  return [
    `${plural(eventsPerSecond, 'event')}/s`,
    plural(hosts, 'host'),
    `windows of ${formatSpan(windowSeconds)}`,
    `database ${REGIMES_IN_WORDS[regime].ofSeveral}`,
    `readers of ${READERS_IN_WORDS[reader].ofSeveral}`,
    ...(freshnessUsd === 0 ? [] : [`a minute of delay at ${formatDollars(freshnessUsd)} a month`]),
  ].join(' · ');
}

/** Differences from the report's case, as options of the command line: `rate=20000&reads=final`; empty where there are none. */
export function writeHash(own: OwnCase, base: OwnCase): string {
  return changesOf(own, base)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Names and values of the threshold command's options that lead from the report's case to this one. */
function changesOf(own: OwnCase, base: OwnCase): (readonly [name: string, value: string])[] {
  const changes = [
    ['rate', own.eventsPerSecond, base.eventsPerSecond],
    ['hosts', own.hosts, base.hosts],
    ['windows', own.windowSeconds, base.windowSeconds],
    ['reads', own.reader, base.reader],
    ['database', own.regime, base.regime],
    ['freshness-value', own.freshnessUsd, base.freshnessUsd],
  ] as const;
  return changes
    .filter(([, now, before]) => now !== before)
    .map(([name, now]) => [name, name === 'windows' ? `${now}s` : String(now)]);
}

/** The case that a link asks for; missing or invalid values are those of the report. */
export function readHash(hash: string, base: OwnCase): OwnCase {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const number = (name: string, part: keyof typeof SCENARIO_RANGES, grammar: RegExp): number => {
    const value = Number(grammar.exec(given.get(name) ?? '')?.[1] ?? Number.NaN);
    const [least, most] = SCENARIO_RANGES[part];
    return value >= least && value <= most ? value : base[part];
  };
  const word = <Word extends string>(name: string, words: readonly Word[], otherwise: Word): Word =>
    words.find((each) => each === given.get(name)) ?? otherwise;
  return {
    eventsPerSecond: number('rate', 'eventsPerSecond', /^(\d+(?:\.\d+)?)$/),
    hosts: number('hosts', 'hosts', /^(\d+)$/),
    windowSeconds: number('windows', 'windowSeconds', /^(\d+)s$/),
    reader: word('reads', READERS, base.reader),
    regime: word('database', REGIMES, base.regime),
    freshnessUsd: number('freshness-value', 'freshnessUsd', /^(\d+(?:\.\d+)?)$/),
  };
}

/** The command line that gives the same verdict. */
export function thresholdCommand(reportFile: string, own: OwnCase, base: OwnCase): string {
  const changes = changesOf(own, base).map(([name, value]) => `--${name} ${value}`);
  return ['npm run threshold --', `--report ${quote(reportFile)}`, ...changes].join(' ');
}

/** Quotes a path for a POSIX shell, which does not interpret text between single quotes. */
function quote(path: string): string {
  return /^[\w./:@%+,=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
