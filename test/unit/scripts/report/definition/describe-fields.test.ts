import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ofBothPaths } from '#model/deployment.ts';
import { fillTables } from '#report/definition/describe-fields.ts';
import { REPORT, SCHEMA_VERSION } from '#report/definition/report.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import { amount, described, flag, listOf, object, oneOf, orNull, text } from '#text/schema.ts';

const TEXT = readFileSync(new URL('../../../../../docs/report.md', import.meta.url), 'utf8');

/** Objects whose keys are names that the document does not list. */
const NAMED_ELSEWHERE = new Set(['options', 'table']);

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
  it('has the tables that npm run report-docs writes from the schema', () => {
    expect(fillTables(TEXT, REPORT)).toBe(TEXT);
  });

  it('describes every named object under a heading, and no link to one leads nowhere', () => {
    const headings = new Set([...TEXT.matchAll(/^## (.+)$/gm)].map(([, name = '']) => name.replaceAll(' ', '-')));
    const links = [...TEXT.matchAll(/\]\(#([^)]+)\)/g)].map(([, to = '']) => to.toLowerCase());
    const known = [...headings].map((name) => name.toLowerCase());
    expect(links.filter((to) => !known.includes(to))).toEqual([]);
    expect(links.length).toBeGreaterThan(30);
  });

  it('gives every field a meaning', () => {
    const rows = TEXT.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.filter((row) => / \|\s*\|$/.test(row))).toEqual([]);
    expect(rows.length).toBeGreaterThan(250);
  });

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
    expect(TEXT).toContain(`| \`schemaVersion\` | \`${SCHEMA_VERSION}\` | version of this format,`);
    expect(TEXT).toContain(`\n- **${SCHEMA_VERSION}**: `);
  });
});

describe('fillTables', () => {
  const START = '<!-- fields of part -->';
  const END = '<!-- end of fields -->';
  const SCHEMA = object(
    {
      sizeMs: orNull(amount('ms', 'how long'), 'nothing was seen'),
      pair: ofBothPaths(flag('true: seen')),
      items: listOf(object({ name: text('its name') }), 'each'),
      part: described(object({ kind: oneOf(['a', 'b'], 'one of them') }, 'inner'), 'inside'),
    },
    'part',
  );

  it('writes path, type with unit, meaning and when a field is null', () => {
    const inner = '<!-- fields of inner -->\nold\n<!-- end of fields -->';
    expect(fillTables(`before\n${START}\nold\n${END}\nbetween\n${inner}\nafter`, SCHEMA)).toBe(
      [
        'before',
        START,
        '',
        '| field | type, unit | meaning |',
        '|---|---|---|',
        '| `sizeMs` | ms, or null | how long; null: nothing was seen |',
        '| `pair.microBatch`, `pair.scheduledBatch` | true or false | true: seen |',
        '| `items` | list of object | each |',
        '| `items[].name` | text | its name |',
        '| `part` | [inner](#inner) | inside |',
        '',
        END,
        'between',
        '<!-- fields of inner -->',
        '',
        '| field | type, unit | meaning |',
        '|---|---|---|',
        '| `kind` | `a`, `b` | one of them |',
        '',
        END,
        'after',
      ].join('\n'),
    );
  });

  it.each([
    ['an object without a table', `${START}\n${END}`, 'No table for inner: add'],
    ['a table without an object', `<!-- fields of other -->\n${END}`, "no object 'other': remove its table"],
    ['a table without an end', START, 'No table for part, inner: add'],
  ])('refuses %s', (_, document, message) => {
    expect(() => fillTables(document, SCHEMA)).toThrow(message);
  });
});
