import { describe, expect, it } from 'vitest';
import { sustainedPerSecond } from '#report/definition/phase-reports.ts';
import { drainsSection } from '#report/sections/measured.ts';
import { exportText } from '#report/terminal/export-text.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

describe('sustainedPerSecond', () => {
  it('tells nothing of a catch-up that took less than two seconds', () => {
    expect(sustainedPerSecond({ eventsPerSecond: 158_405, durationMs: 1_999 })).toBeNull();
    expect(sustainedPerSecond({ eventsPerSecond: 28_163, durationMs: 2_000 })).toBe(28_163);
  });

  it('stands as a dash in the terminal, which says why', () => {
    const [drain] = EXACT_REPORT.drains;
    if (drain === undefined) throw new Error('expected a drain');
    const taking = (durationMs: number): string =>
      exportText([
        drainsSection({
          ...EXACT_REPORT,
          drains: [{ ...drain, catchUp: { ...drain.catchUp, eventsPerSecond: 12_345, durationMs } }],
        }),
      ]);
    expect(taking(1_000)).toContain('the catch-up was too short to measure a throughput');
    expect(taking(1_000)).not.toContain('12,345');
    expect(taking(9_000)).toContain('12,345');
    expect(taking(9_000)).not.toContain('too short');
  });
});
