import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareReports } from '#report/compare/compare-reports.ts';
import { changedReport } from '#test/support/report.ts';

const TEXT = readFileSync(new URL('../../../docs/compare.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ');

describe('docs/compare.md', () => {
  it('names the metrics without a significance level, live runs with slices given', () => {
    const report = changedReport({ repeats: [] });
    const { compared } = compareReports({ file: 'a.json', report }, { file: 'b.json', report });
    const assumed = compared.filter(({ noiseFrom }) => noiseFrom === 'assumed').map(({ name }) => name);
    const named = [...new Set(assumed)].map((name) => `\`${name}\``).join(', ');
    expect(TEXT).toContain(`has no significance level, only a stated allowance: ${named}, and whatever`);
  });
});
