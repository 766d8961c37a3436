import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '#report/compare/render-markdown.ts';
import { HOW_TO_READ } from '#report/compare/rows.ts';
import { JUDGED } from './judged.ts';

describe('renderMarkdown', () => {
  it('shows the limits in sight and every metric below a fold', () => {
    expect(renderMarkdown([JUDGED])).toBe(`### Tidemark: 1 of 2 limits crossed

1 worse, 1 better, 1 changed, of 4 metrics compared; 1 could not be compared: base.json has no drain of 5m.

| limit | metric | base | other | difference | noise | from | crossed beyond |  |
| :-- | :-- | --: | --: | --: | --: | :-- | --: | :-- |
| freshness.p95=+20% | micro-batch.freshness.p95 | 541 ms | 2.65 s | +2.10 s (+388.9 %) | ±222 ms | slices | +222 ms (+41.0 %) | crossed |
| freshness.p95=+20% | scheduled-batch.freshness.p95 | 100 ms | 150 ms | +50 ms (+50.0 %) | ±10 ms | slices | +20 ms (+20.0 %) | beyond it, but within noise |

Base: base.json (run abcd1234 of 2026-01-31 12:00, Tidemark 0.1.0)<br>
Other: out/a\\|b.json (run wxyz9876 of 2026-01-31 12:00, Tidemark 0.1.0)

What differs beside the figures:

| what | base | other |
| :-- | :-- | :-- |
| batching window | 0s | 5s |

<details><summary>All 4 metrics</summary>

| metric | base | other | difference | noise | from |  |
| :-- | --: | --: | --: | --: | :-- | :-- |
| micro-batch.freshness.p95 | 541 ms | 2.65 s | +2.10 s (+388.9 %) | ±222 ms | slices | worse |
| micro-batch.rows | 2.19 | 1.62 | -0.57 (-26.0 %) | ±0.30 | repeats | better |
| micro-batch.cost | 98.00 USD | 99.00 USD | +1.00 USD (+1.0 %) | ±2.00 USD | assumed | within noise |
| threshold | 8 minutes | none up to a day | – | – | band | changed |

How to read this: ${HOW_TO_READ.join('\n')}

</details>

Not compared: catch-up.5m: base.json has no drain of 5m`);
  });

  it('has the outcome for a headline where nothing is limited', () => {
    expect(renderMarkdown([{ ...JUDGED, limits: [] }]).split('\n')[0]).toBe(
      '### Tidemark: 1 worse, 1 better, 1 changed, of 4 metrics compared; 1 could not be compared: base.json has no drain of 5m',
    );
  });

  it('lets no file name or value become markup, a mention or another cell', () => {
    const file = 'a|b`c`*d*_e_[f](g)<img src=x>@team #1\n| h\\';
    const text = renderMarkdown([
      {
        ...JUDGED,
        base: { ...JUDGED.base, file },
        differences: [{ what: file, base: file, other: file, breaks: [] }],
        limits: [],
      },
    ]);
    const escaped = 'a\\|b\\`c\\`\\*d\\*\\_e\\_\\[f\\](g)&lt;img src=x>\\@team \\#1 \\| h\\\\';
    expect(text).toContain(`| ${escaped} | ${escaped} | ${escaped} |\n`);
    expect(text).toContain(`Base: ${escaped} (run`);
  });
});
