import { describe, expect, it } from 'vitest';
import { createRowTable } from '#model/workload/row-table.ts';

/** As written: Σ keys × (1 − (1 − p)^events). */
function exact(groups: readonly { probability: number; keys: number }[], events: number): number {
  return groups.reduce((sum, { probability, keys }) => sum - keys * Math.expm1(events * Math.log1p(-probability)), 0);
}

const GROUPS = [
  { probability: 0.2, keys: 2 },
  { probability: 1e-3, keys: 300 },
  { probability: 1e-7, keys: 3_000_000 },
];

describe('createRowTable', () => {
  it('stays within 0.2 % of the sum between its points', () => {
    const rowsOf = createRowTable(GROUPS);
    for (let events = 1; events < 1e12; events *= 1.37) {
      expect(Math.abs(rowsOf(events) / exact(GROUPS, events) - 1)).toBeLessThan(0.002);
    }
  });

  it('never falls', () => {
    const rowsOf = createRowTable(GROUPS);
    let before = 0;
    for (let events = 0.1; events < 1e14; events *= 1.03) {
      const rows = rowsOf(events);
      expect(rows).toBeGreaterThanOrEqual(before * (1 - 1e-12)); // once all keys are there, rounding alone moves it
      before = rows;
    }
  });

  it('has a part of one event’s rows for a part of an event', () => {
    const rowsOf = createRowTable([{ probability: 1, keys: 1 }]);
    expect(rowsOf(0.25)).toBeCloseTo(0.25, 12);
    expect(rowsOf(1)).toBeCloseTo(1, 12);
  });

  it('is 0 for no events, and where there are no keys', () => {
    expect(createRowTable(GROUPS)(0)).toBe(0);
    expect(createRowTable(GROUPS)(-1)).toBe(0);
    expect(createRowTable([])(1_000)).toBe(0);
  });

  it('stands still beyond ten trillion events', () => {
    const rowsOf = createRowTable([{ probability: 1e-15, keys: 1e15 }]);
    expect(rowsOf(1e15)).toBe(rowsOf(1e13));
  });
});
