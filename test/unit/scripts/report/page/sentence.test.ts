import { describe, expect, it } from 'vitest';
import { prepareScenario } from '#model/verdict/scenario.ts';
import { decide } from '#model/verdict/verdict.ts';
import { modelOf } from '#report/definition/model-of.ts';
import { type Content, element } from '#report/page/element.ts';
import { sentenceContents } from '#report/page/export-html.ts';
import { writeSentence } from '#report/words/sentence.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

const { summary } = decide(modelOf(EXACT_REPORT), prepareScenario(EXACT_REPORT.scenario));
const { answer, band, example } = summary;

function textOf(content: Content): string {
  if (content === null) return '';
  return typeof content === 'string' ? content : content.children.map(textOf).join('');
}

describe('sentenceContents', () => {
  it('sets the answer off from the case before it and the error behind it', () => {
    const crossing = { thresholdSeconds: 480, streamAgainSeconds: null, earliestSeconds: 420, latestSeconds: 540 };
    const cross = { ...summary, answer: { ...answer, kind: 'cross' as const }, band: crossing, example: null };
    expect(sentenceContents(cross).slice(1)).toEqual([
      element('strong', {}, 'stream below 8 minutes, batch from there on'),
      ' (7 to 9 minutes within the error).',
    ]);
  });

  it('sets an answer off that nothing follows', () => {
    const never = { ...band, thresholdSeconds: null, streamAgainSeconds: null, earliestSeconds: null };
    const stream = { ...summary, answer: { ...answer, kind: 'stream' as const }, band: never, example: null };
    expect(sentenceContents(stream).slice(1)).toEqual([
      element('strong', {}, 'stream at every window up to a day'),
      '.',
    ]);
  });

  it.each(['open', 'stream', 'batch', 'cross', 'batch-only', 'neither'] as const)(
    'has the whole text of %s',
    (kind) => {
      for (const each of [example, null]) {
        const given = { ...summary, answer: { ...answer, kind }, example: each };
        expect(sentenceContents(given).map(textOf).join('')).toBe(writeSentence(given));
      }
    },
  );

  it('has the text that stands in the report', () => {
    expect(sentenceContents(summary).map(textOf).join('')).toBe(EXACT_REPORT.verdict.sentence);
  });
});
