import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCHEMA_VERSION } from '#report/definition/report.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

const TEXT = readFileSync(new URL('../../../../../docs/report.md', import.meta.url), 'utf8');

/** Objects whose keys are names of something that is described elsewhere. */
const NAMED_ELSEWHERE = new Set(['options', 'parameters', 'origins', 'table', 'deployment']);

/** Every name of a field in a value, however deep. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    NAMED_ELSEWHERE.has(name) ? [name] : [name, ...namesIn(each)],
  );
}

function isDescribed(name: string): boolean {
  return new RegExp(`\`[^\`\\n]*\\b${name}\\b[^\`\\n]*\``).test(TEXT);
}

describe('docs/report.md', () => {
  it('has every field of a report', () => {
    expect([...new Set(namesIn(EXACT_REPORT))].filter((name) => !isDescribed(name))).toEqual([]);
    expect(isDescribed('noSuchField')).toBe(false);
  });

  it('has a cell for every column, in every row of every table', () => {
    const tables = TEXT.split('\n\n').filter((block) => block.startsWith('|'));
    const cellsOf = (row: string): number => row.split('|').length;
    const uneven = tables.flatMap((table) => {
      const [head = '', ...rows] = table.split('\n').filter((line) => line.startsWith('|'));
      return rows.filter((row) => cellsOf(row) !== cellsOf(head));
    });
    expect(tables.length).toBeGreaterThan(5);
    expect(uneven).toEqual([]);
  });

  it('has the version of the schema, and what is new in it', () => {
    expect(TEXT).toContain(`version of this format; now ${SCHEMA_VERSION},`);
    expect(TEXT).toContain(`\n- **${SCHEMA_VERSION}**: `);
  });
});
