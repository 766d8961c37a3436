import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Regime } from '#model/deployment.ts';
import type { Threshold } from '#model/verdict/find-threshold.ts';
import { buildVerdict } from '#report/assemble/build-verdict.ts';
import { modelOf } from '#report/definition/model-of.ts';
import { readReport } from '#report/definition/read-report.ts';
import { renderReport } from '#report/terminal/render-report.ts';
import { formatSpan, formatSpans } from '#text/format-span.ts';

const PROJECT = new URL('../../../', import.meta.url);
const README = readFileSync(new URL('README.md', PROJECT), 'utf8').replaceAll(/\s+/g, ' ');
const SAMPLE = readReport(fileURLToPath(new URL('docs/sample.json', PROJECT)));

const verdictOn = (regime: Regime): Threshold =>
  SAMPLE.verdicts.find((each) => each.regime === regime && each.reader === SAMPLE.verdict.reader) ?? SAMPLE.verdict;
const thresholdOn = (regime: Regime): number | null => verdictOn(regime).thresholdSeconds;
const inWords = (seconds: number | null): string => (seconds === null ? 'never' : formatSpan(seconds));

describe('what README.md says of docs/sample.json', () => {
  it('is its verdict, word by word', () => {
    expect(README).toContain(SAMPLE.verdict.sentence);
    // and still what the model makes of that report
    const { verdict, verdicts } = buildVerdict(modelOf(SAMPLE), SAMPLE.scenario);
    expect(verdict.sentence).toBe(SAMPLE.verdict.sentence);
    expect(verdicts).toEqual(SAMPLE.verdicts);
  });

  it('is what was exact, as the terminal says it', () => {
    const exact = renderReport(SAMPLE)
      .split('\n')
      .find((line) => line.startsWith('EXACT: '));
    expect(exact).toBeDefined();
    expect(README).toContain(exact);
  });

  it('is read as it is: where sleep pays, and where no database sleeps', () => {
    expect(README).toContain(`From ${inWords(thresholdOn('auto-pause'))} on the database sleeps long enough to pay`);
    expect(thresholdOn('always-on')).toBeNull();
    expect(README).toContain('on one that never sleeps, streaming is cheaper at every window up to a day');
    const { thresholdSeconds, streamAgainSeconds } = verdictOn('shared');
    const again = streamAgainSeconds === null ? '.' : `, and streaming again from ${inWords(streamAgainSeconds)} on.`;
    expect(README).toContain(`on a shared one, batch is cheaper from ${inWords(thresholdSeconds)} on${again}`);
    // Of the others nothing of the kind is said.
    expect([verdictOn('auto-pause'), verdictOn('always-on')].map((each) => each.streamAgainSeconds)).toEqual([
      null,
      null,
    ]);
  });

  it('puts the rule of an hour to the test as it does', () => {
    const found = SAMPLE.rule.filter(({ startUpSeconds }) => startUpSeconds !== null);
    const seconds = found.map(({ thresholdSeconds }) => thresholdSeconds ?? Number.POSITIVE_INFINITY);
    expect(seconds.every((each) => each < 3_600)).toBe(true);
    expect(README).toContain(
      `of the assumptions that were tried: ${formatSpans(Math.min(...seconds), Math.max(...seconds))}.`,
    );
  });
});
