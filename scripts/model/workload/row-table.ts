import type { KeyGroup } from './key-groups.ts';

/** Expected number of rows by number of events. */
export type RowTable = (events: number) => number;

const POINTS_PER_OCTAVE = 8;
const MOST_EVENTS = 1e13;
const POINTS = Math.ceil(Math.log2(MOST_EVENTS)) * POINTS_PER_OCTAVE + 2;

/**
 * Makes a row table that interpolates between points, eight per doubling of the events, linearly in both logarithms. It rises with the
 * events and is off by a tenth of a percent. Points are computed when they are needed. Below one event, rows are proportional to the
 * events; beyond 10¹³ events they stay constant.
 */
export function createRowTable(groups: readonly KeyGroup[]): RowTable {
  // log1p here and expm1 below keep the share of a rare key, which 1 − (1 − p)^n would round away.
  const missed = Float64Array.from(groups, ({ probability }) => Math.log1p(-probability));
  const keys = Float64Array.from(groups, (group) => group.keys);
  const logRows = new Float64Array(POINTS).fill(Number.NaN);

  function rowsOf(events: number): number {
    let rows = 0;
    for (let i = 0; i < keys.length; i++) rows -= (keys[i] as number) * Math.expm1(events * (missed[i] as number));
    return rows;
  }

  function logRowsAt(point: number): number {
    const known = logRows[point] as number;
    if (!Number.isNaN(known)) return known;
    const made = Math.log(rowsOf(2 ** (point / POINTS_PER_OCTAVE)));
    logRows[point] = made;
    return made;
  }

  return (events) => {
    if (!(events > 0) || keys.length === 0) return 0;
    if (events <= 1) return events * Math.exp(logRowsAt(0));
    const place = Math.log2(Math.min(events, MOST_EVENTS)) * POINTS_PER_OCTAVE;
    const point = Math.floor(place);
    const before = logRowsAt(point);
    return Math.exp(before + (place - point) * (logRowsAt(point + 1) - before));
  };
}
