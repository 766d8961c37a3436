import { describe, expect, it } from 'vitest';
import { renderJson } from '#report/compare/render-json.ts';
import { renderMarkdown } from '#report/compare/render-markdown.ts';
import { renderText } from '#report/compare/render-text.ts';
import { HOW_TO_READ } from '#report/compare/tables.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import { JUDGED } from './comparison.ts';

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
freshness.p95=+20%  scheduled-batch.freshness.p95  100 ms  150 ms    +50 ms (+50.0 %)   ±10 ms  slices   +20 ms (+20.0 %)  beyond the limit, within noise

Other differences

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
      expect.stringMatching(/^Both reports are exact; no metric can be compared: /),
      'Not compared: catch-up.5m: base.json has no drain of 5m',
    ]);
  });

  it('shows no table of a report beside itself', () => {
    const text = renderText([{ ...JUDGED, isSame: true, differences: [], notCompared: [], limits: [] }]);
    expect(text).toContain('Both files hold the same report, run abcd1234.\n');
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

describe('renderMarkdown', () => {
  it('shows the limits in sight and every metric below a fold', () => {
    expect(renderMarkdown([JUDGED])).toBe(`### Tidemark: 1 of 2 limits crossed

1 worse, 1 better, 1 changed, of 4 metrics compared; 1 could not be compared: base.json has no drain of 5m.

| limit | metric | base | other | difference | noise | from | crossed beyond |  |
| :-- | :-- | --: | --: | --: | --: | :-- | --: | :-- |
| freshness.p95=+20% | micro-batch.freshness.p95 | 541 ms | 2.65 s | +2.10 s (+388.9 %) | ±222 ms | slices | +222 ms (+41.0 %) | crossed |
| freshness.p95=+20% | scheduled-batch.freshness.p95 | 100 ms | 150 ms | +50 ms (+50.0 %) | ±10 ms | slices | +20 ms (+20.0 %) | beyond the limit, within noise |

Base: base.json (run abcd1234 of 2026-01-31 12:00, Tidemark 0.1.0)<br>
Other: out/a\\|b.json (run wxyz9876 of 2026-01-31 12:00, Tidemark 0.1.0)

Other differences:

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

describe('renderJson', () => {
  it('has every figure, unrounded, and the version of its own shape', () => {
    const startedAt = '2026-01-31T12:00:00.000Z';
    const { digest } = EXACT_REPORT;
    const metric = { name: 'freshness.p95', windowMs: null, label: 'freshness, 95th percentile', unit: 'ms' };
    expect(JSON.parse(renderJson([JUDGED]))).toMatchObject({
      schemaVersion: 1,
      comparisons: [
        {
          base: {
            file: 'base.json',
            run: 'abcd1234',
            startedAt,
            tidemarkVersion: '0.1.0',
            digest,
            exact: true,
            events: 33_500,
            failed: [],
          },
          other: { file: 'out/a|b.json', run: 'wxyz9876', exact: true },
          same: false,
          differences: [{ what: 'batching window', base: '0s', other: '5s' }],
          metrics: [
            {
              ...metric,
              id: 'micro-batch.freshness.p95',
              path: 'micro-batch',
              polarity: 'lower is better',
              base: 541,
              other: 2_645,
              difference: 2_104,
              share: 3.889,
              noise: 222,
              noiseFrom: 'slices',
              outcome: 'worse',
            },
            { id: 'micro-batch.rows', outcome: 'better' },
            { id: 'micro-batch.cost', outcome: 'within noise' },
            {
              id: 'threshold',
              path: null,
              base: 480,
              other: null,
              difference: null,
              share: null,
              noise: null,
              noiseFrom: 'band',
            },
          ],
          notCompared: [{ id: 'catch-up.5m', reason: 'base.json has no drain of 5m' }],
          limits: [
            {
              limit: 'freshness.p95=+20%',
              metric: 'micro-batch.freshness.p95',
              base: 541,
              other: 2_645,
              difference: 2_104,
              noise: 222,
              crossedBeyond: 222,
              outcome: 'crossed',
            },
            { metric: 'scheduled-batch.freshness.p95', outcome: 'within noise' },
          ],
        },
      ],
    });
  });

  it('has one comparison for each other report', () => {
    expect(JSON.parse(renderJson([JUDGED, JUDGED])).comparisons).toHaveLength(2);
  });
});
