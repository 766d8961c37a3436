import { describe, expect, it } from 'vitest';
import { type Content, element } from '#report/page/element.ts';
import { sentenceContents } from '#report/page/sentence.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

function textOf(content: Content): string {
  if (content === null) return '';
  return typeof content === 'string' ? content : content.children.map(textOf).join('');
}

describe('sentenceContents', () => {
  it('sets the answer off from the case before it and the error behind it', () => {
    expect(
      sentenceContents('At 5 events/s, for readers: stream up to 8 minutes, batch from there (7 to 9 minutes); so.'),
    ).toEqual([
      'At 5 events/s, for readers: ',
      element('strong', {}, 'stream up to 8 minutes, batch from there'),
      ' (7 to 9 minutes); so.',
    ]);
  });

  it('sets an answer off that nothing follows', () => {
    expect(sentenceContents('At 5 events/s: stream at every window.')).toEqual([
      'At 5 events/s: ',
      element('strong', {}, 'stream at every window'),
      '.',
    ]);
  });

  it.each([
    EXACT_REPORT.verdict.sentence,
    ...EXACT_REPORT.verdicts.map(({ sentence }) => sentence),
    'built otherwise',
    '',
  ])('leaves the text of %j as it is', (sentence) => {
    expect(sentenceContents(sentence).map(textOf).join('')).toBe(sentence);
  });
});
