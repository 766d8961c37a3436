import { describe, expect, it } from 'vitest';
import { renderText } from '#report/compare/render-text.ts';
import { HOW_TO_READ } from '#report/compare/rows.ts';
import { JUDGED } from './judged.ts';

const HOW = ['How to read this', ...HOW_TO_READ].join('\n  ');
const HEAD = `1 worse, 1 better, 1 changed, of 4 metrics compared; 1 could not be compared: base.json has no drain of 5m.
  base:  base.json (run abcd1234 of 2026-01-31 12:00, Tidemark 0.1.0)
  other: out/a|b.json (run wxyz9876 of 2026-01-31 12:00, Tidemark 0.1.0)`;

describe('renderText', () => {
  it('shows what it comes to, the limits, what differs, every metric, and how to read it', () => {
    expect(renderText([JUDGED])).toBe(`${HEAD}

1 of 2 limits crossed

limit               metric                           base   other          difference    noise  from       crossed beyond
freshness.p95=+20%  micro-batch.freshness.p95      541 ms  2.65 s  +2.10 s (+388.9 %)  ±222 ms  slices  +222 ms (+41.0 %)  crossed
freshness.p95=+20%  scheduled-batch.freshness.p95  100 ms  150 ms    +50 ms (+50.0 %)   ±10 ms  slices   +20 ms (+20.0 %)  beyond it, but within noise

What differs beside the figures

what             base  other
batching window  0s    5s

metric                          base             other          difference      noise  from
micro-batch.freshness.p95     541 ms            2.65 s  +2.10 s (+388.9 %)    ±222 ms  slices   worse
micro-batch.rows                2.19              1.62     -0.57 (-26.0 %)      ±0.30  repeats  better
micro-batch.cost           98.00 USD         99.00 USD  +1.00 USD (+1.0 %)  ±2.00 USD  assumed  within noise
threshold                  8 minutes  none up to a day                   –          –  band     changed

Not compared: catch-up.5m: base.json has no drain of 5m

${HOW}`);
  });

  it('leaves out what there is nothing of', () => {
    const text = renderText([{ ...JUDGED, differences: [], compared: [], limits: [] }]);
    expect(text.split('\n\n')).toEqual([
      expect.stringMatching(/^Both are exact; nothing else of them can be compared: /),
      'Not compared: catch-up.5m: base.json has no drain of 5m',
    ]);
  });

  it('shows no table of a report beside itself', () => {
    const text = renderText([{ ...JUDGED, isSame: true, differences: [], notCompared: [], limits: [] }]);
    expect(text).toContain('The same report, run abcd1234, so there is no difference.\n');
    expect(text).not.toContain('micro-batch.rows');
  });

  it('shows one comparison after the other, and how to read them once', () => {
    const text = renderText([JUDGED, JUDGED]);
    expect(text.split(HEAD)).toHaveLength(3);
    expect(text.split(HOW)).toHaveLength(2);
  });

  it('says of a limit that no smallest change is known, or that none could cross it', () => {
    const limits = JUDGED.limits.map((each) => ({ ...each, crossedBeyond: null }));
    expect(renderText([{ ...JUDGED, limits }])).toMatch(/freshness\.p95=\+20% .* slices +no change +crossed/);
    const bands = limits.map((each) => ({ ...each, compared: { ...each.compared, noiseEachWay: null } }));
    expect(renderText([{ ...JUDGED, limits: bands }])).toMatch(/ slices +the bands +crossed/);
  });

  it('has no colour and no trailing blank', () => {
    expect(renderText([JUDGED])).not.toMatch(/ $/m);
    expect(renderText([JUDGED])).not.toContain('\u001b');
  });
});
