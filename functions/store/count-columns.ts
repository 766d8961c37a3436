import type { Counts } from '../core/counts.ts';
import { toTimestamp } from './timestamp.ts';

/** Counts as the columns of one statement: an entry a row, window starts as UTC text. */
export type CountColumns = {
  hostStarts: (string | null)[];
  hosts: string[];
  hostHits: number[];
  sourceStarts: (string | null)[];
  sourceHosts: string[];
  referrers: (string | null)[];
  sourceHits: number[];
};

export function countColumns(counts: Counts): CountColumns {
  const columns: CountColumns = {
    hostStarts: [],
    hosts: [],
    hostHits: [],
    sourceStarts: [],
    sourceHosts: [],
    referrers: [],
    sourceHits: [],
  };
  for (const [startMs, hosts] of counts.windows) {
    const start = toTimestamp(startMs);
    for (const [host, { hits, byReferrer }] of hosts) {
      columns.hostStarts.push(start);
      columns.hosts.push(host);
      columns.hostHits.push(hits);
      for (const [referrer, source] of byReferrer) {
        columns.sourceStarts.push(start);
        columns.sourceHosts.push(host);
        columns.referrers.push(referrer);
        columns.sourceHits.push(source.hits);
      }
    }
  }
  return columns;
}
