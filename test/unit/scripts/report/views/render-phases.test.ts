import { describe, expect, it } from 'vitest';
import { renderBatchingWindows } from '#report/views/render-batching-windows.ts';
import { renderDrains } from '#report/views/render-drains.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

const cells = (text: string) => text.split('\n').map((line) => line.split(/ {2,}/));

describe('renderDrains', () => {
  it('has each drain as it was measured, and in brackets as it was predicted', () => {
    const [title, , minute, five] = cells(renderDrains(EXACT_REPORT));
    expect(title?.[0]).toMatch(/measured on embedded \(in brackets: predicted unseen\)$/);
    expect(minute).toEqual([
      '1 minute',
      '30,000',
      '1.04 s',
      '620 ms',
      '336 ms (326 ms)',
      '6,700 (6,767)',
      '–',
      '120 ms (123 ms)',
      '13,400 (13,601)',
    ]);
    expect([five?.[0], five?.[1], five?.[6]]).toEqual(['5 minutes', '150,000', '40,000']);
  });

  it('has a dash where no batch was cold', () => {
    const drains = EXACT_REPORT.drains.map((drain) => ({ ...drain, cold: null }));
    expect(cells(renderDrains({ ...EXACT_REPORT, drains }))[2]?.[2]).toBe('–');
  });

  it('is empty where none was measured', () => {
    expect(renderDrains({ ...EXACT_REPORT, drains: [] })).toBe('');
  });
});

describe('renderBatchingWindows', () => {
  it('has each batching window as it was measured, and in brackets as it was predicted', () => {
    const [, , ten] = cells(renderBatchingWindows(EXACT_REPORT));
    expect(ten).toEqual(['10 seconds', '5.15 s (5.06 s)', '9.70 s', '36 (34)', '31,000 (30,400)', '200 ms (190 ms)']);
  });

  it('has dashes where nothing was counted', () => {
    const batchingWindows = EXACT_REPORT.batchingWindows.map((each) => ({
      ...each,
      path: { ...each.path, freshnessMs: null },
    }));
    expect(cells(renderBatchingWindows({ ...EXACT_REPORT, batchingWindows }))[2]?.slice(1, 3)).toEqual(['–', '–']);
  });

  it('is empty where none was measured', () => {
    expect(renderBatchingWindows({ ...EXACT_REPORT, batchingWindows: [] })).toBe('');
  });
});
