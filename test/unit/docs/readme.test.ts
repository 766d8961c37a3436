import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const PROJECT = new URL('../../../', import.meta.url);
const README = readFileSync(new URL('README.md', PROJECT), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('package.json', PROJECT), 'utf8')) as {
  scripts: Record<string, string>;
};

/** A folder of the map, and the folders that it names in it: `infra/ … micro-batch/ · …`, until the next one begins a line. */
const MAP = [...README.matchAll(/^([a-z]+)\/ {2,}(.*\n(?: +.*\n)*)/gm)].map(([, folder, text]): [string, string[]] => [
  folder as string,
  [...(text as string).matchAll(/([a-z][a-z0-9-]*)\//g)].map(([, name]) => name as string),
]);

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

  it('maps the folders of the project', () => {
    expect(MAP.map(([folder]) => folder)).toEqual(['infra', 'functions', 'scripts', 'localstack', 'test']);
  });

  it.each(MAP)('names every folder of %s/ once, and none that is not there', (folder, named) => {
    const entries = readdirSync(new URL(`${folder}/`, PROJECT), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect([...named].sort()).toEqual(folders.sort());
  });
});
