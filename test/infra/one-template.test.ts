import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { readyAssembly } from '../../scripts/targets/assembly.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

it('the template that the embedded runtime runs is the one that cdk synthesizes, assets and all', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-synth-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const synth = [
    join(PROJECT, 'node_modules/aws-cdk/bin/cdk'),
    'synth',
    '--quiet',
    '-c',
    'benchmark=true',
    '-o',
    folder,
  ];
  execFileSync(process.execPath, synth, { cwd: PROJECT, stdio: 'pipe' });

  const ours = await readyAssembly({ benchmark: 'true' });

  expect(templateIn(ours)).toEqual(templateIn(folder));
});

/** Without the construct paths, which only the command writes. */
function templateIn(folder: string): unknown {
  const text = readFileSync(join(folder, 'Tidemark.template.json'), 'utf8');
  return JSON.parse(text, (key, value: unknown) => (key === 'Metadata' ? undefined : value));
}
