import { describe, expect, it } from 'vitest';
import { exportHtml } from '#report/page/export-html.ts';
import { renderHtml } from '#report/page/render-html.ts';
import { figures, type Section, select, sentences, words } from '#report/sections/section.ts';
import { exportText } from '#report/terminal/export-text.ts';

const SECTION: Section = {
  heading: 'Windows, measured',
  finding: 'Both are fast.',
  columns: [words('Window'), figures('USD'), words('Verdict'), sentences('Reason')],
  rows: [
    ['1 minute', { text: '1.00', note: '0.90' }, { text: 'stream', decision: 'stream' }, 'a | b'],
    ['1 hour', '12.50', { text: 'batch', decision: 'batch' }, '<it> is cheaper'],
  ],
  notes: ['A note.'],
  howToRead: 'USD: a month.',
};

describe('a section', () => {
  it('is text with its sentences below the table, and how to read it at the end', () => {
    expect(exportText([SECTION, { heading: 'Next' }]).split('\n')).toEqual(
      [
        'Windows, measured',
        'Both are fast.',
        'Window           USD  Verdict',
        '1 minute  1.00 (0.90)  stream'.replace('1.00', '1.00'),
        '1 hour         12.50  batch',
        '  1 minute: a | b',
        '  1 hour: <it> is cheaper',
        '  A note.',
        '',
        'Next',
        '',
        'How to read this',
        '  USD: a month.',
      ].map((line, i) =>
        i === 2
          ? expect.stringMatching(/^Window +USD {2}Verdict$/)
          : i === 3 || i === 4
            ? expect.stringMatching(/^1 \w+ +\S+( \S+)? {2}\w+$/)
            : line,
      ),
    );
  });

  it('is a table of the page, with escaped texts and a symbol for a decision', () => {
    const html = renderHtml(exportHtml(SECTION));
    expect(html).toContain('<th scope="col" class="figures">USD</th>');
    expect(html).toContain('1.00 <span class="note">0.90</span>');
    expect(html).toContain('&lt;it&gt; is cheaper');
    expect(html).toMatch(/class="symbol" aria-hidden="true">●<\/span>stream/);
    expect(html.replace(/<[^>]+>/g, '')).toMatch(/Both are fast\..*A note\.How to read this\. USD: a month\.$/);
  });

  it('is a figure of the page where it has a chart', () => {
    const html = renderHtml(exportHtml({ ...SECTION, chart: 'cost' }));
    expect(html).toMatch(/^<figure aria-labelledby="cost-finding">.*id="cost-chart".*<details>/);
  });

  it('has the columns that a medium selects', () => {
    const { columns = [], rows = [] } = select(SECTION, ['Verdict', 'Window', 'no such']);
    expect(columns.map(({ label }) => label)).toEqual(['Verdict', 'Window']);
    expect(rows[1]).toEqual([{ text: 'batch', decision: 'batch' }, '1 hour']);
  });
});
