import { REGIMES } from '#model/deployment.ts';
import { READERS } from '#model/verdict/scenario.ts';
import { SCENARIO_RANGES } from '#model/verdict/scenario-ranges.ts';
import type { OwnCase } from './own-case.ts';

/** What differs from the report's case, as the command line's options: `rate=20000&reads=final`; empty where nothing does. */
export function writeHash(own: OwnCase, base: OwnCase): string {
  return changesOf(own, base)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Names and values of the threshold command's options that lead from the report's case to this one. */
export function changesOf(own: OwnCase, base: OwnCase): (readonly [name: string, value: string])[] {
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

/** The case that a link asks for; what it does not say, or says wrongly, is as in the report. */
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
