import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const PROJECT = new URL('../../../', import.meta.url);
const README = readFileSync(new URL('README.md', PROJECT), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('package.json', PROJECT), 'utf8')) as {
  scripts: Record<string, string>;
};

describe('README.md', () => {
  it('links to files that are there, its picture among them', () => {
    const links = [...README.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, file]) => file as string);
    expect(links).toContain('docs/report.png');
    expect(links.filter((file) => !existsSync(new URL(file, PROJECT)))).toEqual([]);
  });

  it('names commands that exist', () => {
    const commands = [...README.matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name]) => name as string);
    expect(commands.length).toBeGreaterThan(8);
    expect(commands.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});
