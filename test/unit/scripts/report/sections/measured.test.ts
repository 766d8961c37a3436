import { describe, expect, it } from 'vitest';
import { batchingWindowsSection, DRAIN_COLUMNS, drainsSection } from '#report/sections/measured.ts';
import { type Section, select } from '#report/sections/section.ts';
import { exportText } from '#report/terminal/export-text.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

const cells = (section: Section) =>
  exportText([section])
    .split('\n')
    .map((line) => line.split(/ {2,}/));

describe('drainsSection', () => {
  const drainCells = (report = EXACT_REPORT) => cells(select(drainsSection(report), DRAIN_COLUMNS));

  it('has each phase of a drain as it was measured, and in brackets as it was predicted', () => {
    const [title, , cold, warm, catchUp, , , five] = drainCells();
    expect(title?.[0]).toBe('Drains, measured on the embedded target');
    expect(exportText([drainsSection(EXACT_REPORT)])).toContain(
      'in brackets: predicted by a model fitted to all other phases',
    );
    expect(cold?.slice(0, 4)).toEqual(['1 minute', 'cold batch', '30,000', '1.04 s']);
    expect(warm).toEqual(['1 minute', 'warm batch', '30,000', '620 ms', '48,387', '336 ms (326 ms)', '6,700 (6,767)']);
    expect(catchUp?.slice(0, 3)).toEqual(['1 minute', 'catch-up', '30,000']);
    expect(catchUp?.slice(4)).toEqual(['–', '120 ms (123 ms)', '13,400 (13,601)']);
    expect([five?.[0], five?.[2], five?.[4]]).toEqual(['5 minutes', '150,000', '40,000']);
  });

  it('has no row for a cold batch where none was cold', () => {
    const drains = EXACT_REPORT.drains.map((drain) => ({ ...drain, cold: null }));
    const rows = drainsSection({ ...EXACT_REPORT, drains }).rows ?? [];
    expect(rows.map(([, by]) => by)).toEqual(['warm batch', 'catch-up', 'warm batch', 'catch-up']);
  });

  it('says so where none was measured', () => {
    const section = drainsSection({ ...EXACT_REPORT, drains: [] });
    expect([section.finding, section.rows]).toEqual(['No drain was measured.', undefined]);
  });
});

describe('batchingWindowsSection', () => {
  const rowsOf = (report = EXACT_REPORT) => cells(batchingWindowsSection(report));

  it('has each batching window as it was measured, and in brackets as it was predicted', () => {
    const [, , ten] = rowsOf();
    expect(ten?.filter((_, i) => i !== 5)).toEqual([
      '10 seconds',
      '5.15 s (5.06 s)',
      '9.7 s',
      '36 (34)',
      '31,000 (30,400)',
      '200 ms (190 ms)',
    ]);
  });

  it('has dashes where nothing was counted', () => {
    const batchingWindows = EXACT_REPORT.batchingWindows.map((each) => ({
      ...each,
      path: { ...each.path, freshnessMs: null },
    }));
    expect(rowsOf({ ...EXACT_REPORT, batchingWindows })[2]?.slice(1, 3)).toEqual(['–', '–']);
  });

  it('says so where none was measured', () => {
    const section = batchingWindowsSection({ ...EXACT_REPORT, batchingWindows: [] });
    expect([section.finding, section.rows]).toEqual([
      'Only the batching window of the live run was measured.',
      undefined,
    ]);
  });
});
