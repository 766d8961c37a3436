import type { ProducerResult } from '../load/producer.ts';
import type { LoadSize } from './observations.ts';

/** @param events those that must be counted: the lines without the malformed ones */
export function toLoadSize(
  sent: readonly Pick<ProducerResult, 'records' | 'bytes' | 'lines'>[],
  events: number,
): LoadSize {
  const sum = (key: 'records' | 'bytes' | 'lines'): number => sent.reduce((total, part) => total + part[key], 0);
  return { events, records: sum('records'), bytes: sum('bytes'), lines: sum('lines') };
}
