import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const CONTRIBUTING = readFileSync(`${PROJECT}CONTRIBUTING.md`, 'utf8');

/** What `npm run house` prints; it throws where a room is in a cycle. */
function house(...args: string[]): string {
  return execFileSync(process.execPath, ['--import', 'tsx', 'scripts/house.ts', ...args], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
}

describe('CONTRIBUTING.md', () => {
  it('shows the layers as the imports draw them', () => {
    expect(CONTRIBUTING).toContain(house('--picture').trim());
  });

  it('names files that exist', () => {
    const files = [...CONTRIBUTING.matchAll(/`((?:scripts|functions|infra|localstack|test|docs)\/[^`*]+)`/g)];
    expect(files.length).toBeGreaterThan(10);
    expect(files.map(([, file]) => file as string).filter((file) => !existsSync(`${PROJECT}${file}`))).toEqual([]);
  });
});

describe('npm run house', () => {
  it('counts rooms, and finds none in a cycle', () => {
    expect(house()).toMatch(
      /^\d+ files, \d+ lines\n\d+ rooms on \d+ floors, \d+ arrows; layers on \d+ floors\n0 rooms in a cycle$/m,
    );
  });
});
