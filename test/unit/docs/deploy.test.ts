import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Config } from '#infra/config/config.ts';
import { readConfig } from '#infra/config/read-config.ts';

const PROJECT = new URL('../../../', import.meta.url);
const DOCUMENT = readFileSync(new URL('docs/deploy.md', PROJECT), 'utf8');
const DEFAULTS = readConfig(() => undefined, undefined);
const KEYS = Object.keys(DEFAULTS) as (keyof Config)[];

/** The rows of the table of settings: key, allowed, default. */
const ROWS = [...DOCUMENT.matchAll(/^\| `(\w+)` \| (.+?) \| (.+?) \| .+ \|$/gm)].map(([, key, allowed, standard]) => ({
  key: key as keyof Config,
  allowed: allowed?.replaceAll('`', ''), // text that looks like HTML is in backticks
  standard,
}));

/** The configuration's own text about the allowed values of a key. */
function expectedOf(key: keyof Config): string | undefined {
  try {
    readConfig((asked) => (asked === key ? '?' : undefined), undefined);
  } catch (error) {
    return /^Invalid context \w+ '\?': expected (.+); pass -c/.exec((error as Error).message)?.[1];
  }
  return undefined;
}

describe('docs/deploy.md', () => {
  const table = ROWS.filter(({ key }) => KEYS.includes(key));

  it('lists every setting once', () => {
    expect(table.map(({ key }) => key).sort()).toEqual([...KEYS].sort());
  });

  it.each(table)('says of $key what is allowed and what it is by default', ({ key, allowed, standard }) => {
    expect({ allowed, standard }).toEqual({ allowed: expectedOf(key), standard: String(DEFAULTS[key] ?? 'none') });
  });

  it('names commands and files that are there', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', PROJECT), 'utf8')) as { scripts: object };
    const commands = [...DOCUMENT.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name as string);
    const files = [...DOCUMENT.matchAll(/\b(localstack\/[\w./-]+\w)/g)].map(([, path]) => path as string);

    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
    expect(files.length).toBeGreaterThan(1);
    expect(files.filter((path) => !existsSync(new URL(path, PROJECT)))).toEqual([]);
  });
});
