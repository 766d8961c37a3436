import { describe, expect, it } from 'vitest';
import type { Origin } from '#model/parameters.ts';
import { modelOf } from '#report/definition/model-of.ts';
import type { Content } from '#report/page/element.ts';
import { exportHtml, modelled } from '#report/page/export-html.ts';
import { createEvaluator } from '#report/page/own-case/evaluate-case.ts';
import { caseOf } from '#report/page/own-case/own-case.ts';
import { assumptionsSection, parametersTable } from '#report/page/sections/assumptions.ts';
import { batchBandOf, costFigure } from '#report/page/sections/cost.ts';
import { freshnessFigure } from '#report/page/sections/freshness.ts';
import { predictionPairs, predictionsFigure } from '#report/page/sections/measurements.ts';
import { mergeCoinciding, settingsFigure } from '#report/page/sections/settings.ts';
import { momentsOf, timelineFigure } from '#report/page/sections/timeline.ts';
import { statusElements, verdictSection } from '#report/page/sections/verdict.ts';
import { errorsSection } from '#report/sections/model-fit.ts';
import { cellText } from '#report/sections/section.ts';
import { drainedWindows, windowsSection } from '#report/sections/windows.ts';
import { sayVerdict } from '#report/words/sentence.ts';
import { changedReport, EXACT_REPORT, reportWith } from '#test/support/report.ts';

function textOf(content: Content): string {
  if (content === null) return '';
  return typeof content === 'string' ? content : content.children.map(textOf).join('');
}

const VIEW = createEvaluator(modelOf(EXACT_REPORT), EXACT_REPORT.scenario)(caseOf(EXACT_REPORT.scenario));

describe('statusElements', () => {
  const said = (report: typeof EXACT_REPORT): string[] => statusElements(report).map(textOf);

  it('says how much was counted to the last event', () => {
    expect(said(EXACT_REPORT)).toEqual([
      expect.stringMatching(/^✓ EXACT: both paths counted all of 33,500 events in 15 windows[;.]/),
    ]);
  });

  it('says that no figure holds where counts differ', () => {
    const [first] = said(reportWith({ exact: false }));
    expect(first).toMatch(
      /^✗ NOT EXACT: live run\. No other figure of this report can be relied on: see Correctness\.$/,
    );
  });

  it('says that something else was not exact where the live run was', () => {
    const repeats = EXACT_REPORT.repeats.map((each, i) => ({ ...each, exact: i !== 1 }));
    const [first] = said(changedReport({ exact: false, repeats }));
    expect(first).toMatch(/^✗ NOT EXACT: live run 2 of 3\. No other figure/);
  });

  it('says what a partial report lacks', () => {
    const [, second] = said(
      changedReport({ complete: false, notMeasured: [{ what: 'drain of 1 hour', why: 'interrupted' }] }),
    );
    expect(second).toBe('◔ PARTIAL: the benchmark ended before everything was measured; missing: drain of 1 hour.');
  });
});

describe('figures of what was measured', () => {
  it('are none where nothing was counted', () => {
    const { microBatch, scheduledBatch } = EXACT_REPORT.paths;
    const nothing = { freshnessMs: null, freshnessCdf: [] };
    const report = changedReport({
      paths: { microBatch: { ...microBatch, ...nothing }, scheduledBatch: { ...scheduledBatch, ...nothing } },
    });
    expect(freshnessFigure(report)).toBeNull();
  });

  it('speak of one path where the other counted nothing', () => {
    const { microBatch, scheduledBatch } = EXACT_REPORT.paths;
    const report = changedReport({ paths: { microBatch: { ...microBatch, freshnessMs: null }, scheduledBatch } });
    expect(freshnessFigure(report)?.finding).toBe(
      'Half of the events were counted within 6.6 s on the scheduled-batch path; the other counted none.',
    );
  });

  it('have no timeline without at least two points', () => {
    expect(timelineFigure(changedReport({ timeline: EXACT_REPORT.timeline.slice(0, 1) }))).toBeNull();
  });

  it('show one point of so many of a long timeline', () => {
    const captionOf = (points: number): string | undefined =>
      timelineFigure(changedReport({ timeline: EXACT_REPORT.timeline.slice(0, points) }))?.heading;
    expect(EXACT_REPORT.timeline.length).toBeGreaterThan(60);
    expect(captionOf(68)).toBe('The live run, one point of every 2; lag is one figure for each shard; measured');
    expect(captionOf(60)).toBe('The live run; lag is one figure for each shard; measured');
  });

  it('have no predictions without a drain or a batching window', () => {
    expect(predictionsFigure(changedReport({ drains: [], batchingWindows: [] }))).toBeNull();
  });

  it('hold every phase of a drain and every batching window against the model', () => {
    const pairs = predictionPairs(EXACT_REPORT);
    expect(pairs.map(({ run }) => run)).toContain('Drain of 5 minutes, cold batch');
    expect(pairs).toHaveLength(2 * (2 * 3 + 1));
  });

  it('count a prediction that is too small as below nothing', () => {
    const [drain] = EXACT_REPORT.drains;
    const warm = drain && { ...drain.warm, cpuMs: 200, predicted: { ...drain.warm.predicted, cpuMs: 150 } };
    const drains = drain && warm ? [{ ...drain, cold: null, warm }] : [];
    expect(predictionPairs({ drains, batchingWindows: [] })[0]?.difference).toBe(-0.25);
  });
});

describe('parametersTable', () => {
  const rangeOf = (name: keyof typeof EXACT_REPORT.model.parameters, origin: Origin): string => {
    const { model } = EXACT_REPORT;
    const { rows = [] } = parametersTable(
      changedReport({ model: { ...model, origins: { ...model.origins, [name]: origin } } }),
    );
    return (
      rows
        .find(([first]) => first === name)
        ?.map(cellText)
        .at(-1) ?? ''
    );
  };

  it.each([
    ['hoursPerMonth', 'documented', 'known'],
    ['microBatchCpuMs', 'fitted', 'by the fit’s error'],
    ['microBatchCpuMs', 'measured', 'no range given'],
    ['hoursPerMonth', 'assumed', 'no range given'],
    ['commitReserveSeconds', 'deployed', 'known'],
    ['initMs', 'assumed', '250 – 1,000'],
    ['initMs', 'fitted', 'by the fit’s error'],
  ] as const)('says how far %s, %s, is known: %s', (name, origin, range) => {
    expect(rangeOf(name, origin)).toBe(range);
  });
});

describe('the errors of the fit', () => {
  it('has the error on the second half of the live runs, and on the whole of them', () => {
    const text = textOf(exportHtml(errorsSection(EXACT_REPORT.model)));
    expect(text).toContain('Held out: predicted by a fit to the other two thirds.');
    expect(text).toContain('micro-batchCPU, live run, second half9 %40 %5 %134');
    expect(text).toContain('micro-batchCPU, live run, whole30 %90 %45 %268');
  });
});

describe('the windows table', () => {
  it('marks the windows of which a drain was run', () => {
    const { verdict, drains } = EXACT_REPORT;
    const drained = drainedWindows({ drains: drains.slice(1) });
    const { rows = [] } = windowsSection(verdict, { batchSize: 1_000, drained });
    const heads = rows.map(([first]) => cellText(first ?? ''));
    expect(heads.filter((head) => head.includes('drain run'))).toEqual(['5 minutes (drain run)']);
  });
});

describe('verdictSection', () => {
  it('says why both readers are alike where fresher counts are worth nothing', () => {
    const { verdict } = EXACT_REPORT;
    const textAt = (freshnessUsd: number): string =>
      textOf(verdictSection(changedReport({ verdict: { ...verdict, freshnessUsd } })));
    expect(textAt(0)).toContain('Both readers’ thresholds are the same, because freshness is worth 0 USD');
    expect(textAt(0.01)).not.toContain('Both readers’');
  });
});

describe('prices', () => {
  const textsOf = (report: typeof EXACT_REPORT): string[] => [
    modelled(report).map(textOf).join(''),
    textOf(assumptionsSection(report)),
  ];

  it.each([
    [true, 'list prices', 'given prices'],
    [false, 'given prices', 'list prices'],
  ])('are called what they are on every figure, where they are built in: %s', (builtIn, said, unsaid) => {
    const { runCost } = EXACT_REPORT;
    const prices = { ...EXACT_REPORT.prices, builtIn };
    const texts = textsOf(changedReport({ prices, runCost: { ...runCost, assumptions: [] } }));
    expect(texts[0]).toContain(` and ${said}`);
    expect(texts[1]).toContain(`The table has ${said} of us-east-1 in USD`);
    expect(texts[1]).toContain(`Modelled from ${said}.`);
    for (const text of texts) expect(text).not.toContain(unsaid);
  });
});

describe('momentsOf', () => {
  it('tells cold starts and kills of both paths from the start of the load, in order', () => {
    const startMs = Date.parse(EXACT_REPORT.load.startedAt);
    const report = changedReport({
      faults: [
        { atMs: startMs + 9_500, functionName: 'Tidemark-ScheduledBatchFunction', busy: true },
        { atMs: startMs + 500, functionName: 'Tidemark-MicroBatchFunction', busy: false },
      ],
    });
    expect(momentsOf(report).map(({ atMs, kind, path }) => [atMs, kind, path])).toEqual([
      [-450, 'cold start', 'microBatch'],
      [-430, 'cold start', 'microBatch'],
      [500, 'killed', 'microBatch'],
      [9_010, 'cold start', 'scheduledBatch'],
      [9_500, 'killed', 'scheduledBatch'],
      [20_100, 'cold start', 'microBatch'],
    ]);
  });
});

describe('figures of a case', () => {
  it('judge the windows of the verdict as the verdict does', () => {
    const byWindow = new Map(VIEW.curve.map((window) => [window.windowSeconds, window]));
    for (const window of VIEW.verdict.windows) expect(byWindow.get(window.windowSeconds)).toEqual(window);
  });

  it('have a band that lies as far from streaming as the error of the difference says', () => {
    for (const window of VIEW.curve) {
      const { lowUsd, highUsd } = batchBandOf(window);
      expect(lowUsd).toBeLessThanOrEqual(window.batch.objectiveUsd + 1e-9);
      expect(highUsd).toBeGreaterThanOrEqual(window.batch.objectiveUsd - 1e-9);
    }
  });

  it('name the crossing that the verdict names', () => {
    const view = {
      ...VIEW,
      verdict: { ...VIEW.verdict, thresholdSeconds: 480, earliestSeconds: 420, latestSeconds: 540 },
    };
    expect(costFigure(view).finding).toBe(
      'The lines cross at 8 minutes: below it streaming is better, from there on the batch; within the error, from 7 minutes to 9 minutes.',
    );
    const never = { ...VIEW, verdict: { ...VIEW.verdict, thresholdSeconds: null } };
    expect(costFigure(never).finding).toBe('Streaming is better for every window up to a day.');
  });

  it('name no crossing where no window is decided, as the sentence does not', () => {
    const curve = VIEW.curve.map((window) => ({ ...window, decision: 'either' as const }));
    const ends = { thresholdSeconds: 60, earliestSeconds: 60, latestSeconds: 60, streamAgainSeconds: null };
    const tied = { ...VIEW, curve, verdict: { ...VIEW.verdict, ...ends } };
    expect(costFigure(tied).finding).toBe('Either is as good within the error, whatever the window.');
  });

  it('name no crossing where streaming can’t work, as the sentence does not', () => {
    const model = modelOf(EXACT_REPORT);
    const parameters = { ...model.parameters, microBatchCpuMsPerEvent: 20, scheduledBatchCpuMs: 100_000 };
    const view = createEvaluator({ ...model, parameters }, EXACT_REPORT.scenario)(caseOf(EXACT_REPORT.scenario));
    expect(sayVerdict(view.verdict.summary).answer).toBe(
      'batch from 2 minutes on; streaming is impossible as deployed',
    );
    expect(costFigure(view).finding).toBe(
      'Streaming can’t work at this load, whatever the window; the batch can from 2 minutes on.',
    );
    const until = { ...view, verdict: { ...view.verdict, streamAgainSeconds: 7_200 } };
    expect(costFigure(until).finding).toContain('the batch can from 2 minutes on and up to 2 hours.');
  });

  it('say which settings coincide, in the finding and in the table', () => {
    const { finding, rows = [] } = settingsFigure(VIEW);
    expect(finding).toMatch(
      / Batching windows of 1 minute and 5 minutes come to the same: a shard fills a batch in 16 seconds, /,
    );
    const worth = rows.map((row) => row[7]);
    expect(worth.filter((cell) => String(cell).includes('same as'))).toEqual([
      '● yes, same as 5 min',
      '● yes, same as 1 min',
    ]);
  });

  it('name the freshest and the cheapest of the settings worth choosing', () => {
    const points = mergeCoinciding(VIEW.settings);
    const front = points.filter(({ onFront }) => onFront);
    expect(settingsFigure(VIEW).finding).toMatch(
      new RegExp(`^At 5 minutes ${front.length} of ${points.length} different settings are worth choosing, from `),
    );
    const none = VIEW.settings.map(({ choice }) => ({ choice, onFront: false }));
    expect(settingsFigure({ ...VIEW, settings: none }).finding).toBe('At 5 minutes no setting can work at this load.');
  });
});
