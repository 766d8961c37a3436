import { type Fields, meaningOf, nameOf, type Parts, type Schema, unitOf } from '#text/schema.ts';

/** A line of a table: the field's path, its type or unit, and its meaning. */
type Row = readonly [field: string, type: string, meaning: string];

/** Most names and values that a cell lists; more would make the table unreadable. */
const MOST_NAMED = 3;
const MOST_VALUES = 6;

const START = '<!-- fields of ';
const TABLE = /<!-- fields of (.+) -->[\s\S]*?<!-- end of fields -->/g;

/**
 * Writes the tables of fields in a document anew. A table lies between `<!-- fields of NAME -->` and `<!-- end of fields -->`;
 * every named object that the schema reaches needs one.
 *
 * @throws Error naming the objects without a table, or the table without an object
 */
export function fillTables(document: string, schema: Schema): string {
  const tables = tablesOf(schema);
  const missing = new Set(tables.keys());
  const filled = document.replaceAll(TABLE, (_, name: string) => {
    const rows = tables.get(name);
    if (rows === undefined) throw new Error(`The report has no object '${name}': remove its table`);
    missing.delete(name);
    return `${START}${name} -->\n${renderRows(rows)}\n<!-- end of fields -->`;
  });
  if (missing.size === 0) return filled;
  throw new Error(
    `No table for ${[...missing].join(', ')}: add '${START}NAME -->' and '<!-- end of fields -->' for each`,
  );
}

/** The rows of every named object, by its name, in the order in which they are reached. */
function tablesOf(schema: Schema): Map<string, Row[]> {
  const tables = new Map<string, Row[]>();
  const waiting = [schema];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const name = nameOf(next);
    if (tables.has(name)) continue;
    tables.set(name, rowsOfFields(next, '', waiting));
  }
  return tables;
}

/** @param named collects the named objects that are found; each gets a table */
function rowsOfFields(object: Schema, prefix: string, named: Schema[]): Row[] {
  return alikeIn((object as Parts).entries ?? {}).flatMap(([schema, names]) => {
    const fields = names.length <= MOST_NAMED ? names : ['<name>'];
    return rowsOf(
      schema,
      fields.map((name) => `${prefix}${name}`),
      named,
    );
  });
}

/** Fields that follow each other and have one schema share a row. */
function alikeIn(entries: Fields): [schema: Schema, names: string[]][] {
  const groups: [schema: Schema, names: string[]][] = [];
  for (const [name, schema] of Object.entries(entries)) {
    const last = groups.at(-1);
    if (last?.[0] === schema) last[1].push(name);
    else groups.push([schema, [name]]);
  }
  return groups;
}

function rowsOf(schema: Schema, fields: readonly string[], named: Schema[]): Row[] {
  const meaning = meaningIn(schema);
  const own: Row = [fields.map((field) => `\`${field}\``).join(', '), typeOf(schema), meaning];
  const inner = innermost(schema);
  const { entries, options } = inner as Parts;
  const prefix = `${fields.length === 1 ? fields[0] : commonOf(fields)}${isList(schema) ? '[]' : ''}.`;
  if (entries !== undefined && nameOf(inner) !== '') {
    named.push(inner);
    return [own];
  }
  if (entries !== undefined) return [...(meaning === '' ? [] : [own]), ...rowsOfFields(inner, prefix, named)];
  if ((inner as Parts).type === 'variant') named.push(...(options as Schema[]));
  return [own];
}

/** `tables.<name>` for `tables.byHost` and `tables.bySource`. */
function commonOf([first = '']: readonly string[]): string {
  return `${first.slice(0, first.lastIndexOf('.') + 1)}<name>`;
}

function isList(schema: Schema): boolean {
  const { type, wrapped } = schema as Parts;
  return wrapped === undefined ? type === 'array' : isList(wrapped);
}

/** The schema inside a nullable schema or a list. */
function innermost(schema: Schema): Schema {
  const { wrapped, item } = schema as Parts;
  const within = wrapped ?? item;
  return within === undefined ? schema : innermost(within);
}

function meaningIn(schema: Schema): string {
  const { type, wrapped, item } = schema as Parts;
  const own = meaningOf(schema);
  if (type === 'nullable') {
    const meaning = [meaningIn(wrapped as Schema), own && `null: ${own}`];
    return meaning.filter((part) => part !== '').join('; ');
  }
  return own === '' && item !== undefined ? meaningIn(item) : own;
}

function typeOf(schema: Schema): string {
  const { type, wrapped, item, options = [], entries } = schema as Parts;
  switch (type) {
    case 'number':
      return unitOf(schema) || 'number';
    case 'string':
      return 'text';
    case 'boolean':
      return 'true or false';
    case 'picklist':
      return options.length > MOST_VALUES ? 'text' : options.map((option) => `\`${option}\``).join(', ');
    case 'array':
      return `list of ${typeOf(item as Schema)}`;
    case 'nullable':
      return `${typeOf(wrapped as Schema)}, or null`;
    case 'variant':
      return (options as Schema[]).map(typeOf).join(' or ');
    default: {
      const name = entries === undefined ? '' : nameOf(schema);
      return name === '' ? 'object' : `[${name}](#${name.replaceAll(' ', '-')})`;
    }
  }
}

function renderRows(rows: readonly Row[]): string {
  const lines = rows.map((row) => `| ${row.join(' | ')} |`);
  return ['', '| field | type, unit | meaning |', '|---|---|---|', ...lines, ''].join('\n');
}
