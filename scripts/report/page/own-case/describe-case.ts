import { READERS_IN_WORDS, REGIMES_IN_WORDS } from '#report/words/case.ts';
import { formatSpan } from '#text/format-span.ts';
import { plural } from '#text/plural.ts';
import { formatDollars } from '../figures.ts';
import type { OwnCase } from './own-case.ts';

/** What a chart is about: `500 events/s · 1,000 hosts · windows of 5 minutes · …`. */
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
