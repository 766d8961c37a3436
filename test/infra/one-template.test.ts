import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { readyAssembly } from '#bench/targets/assembly.ts';
import { EMULATOR_CONTEXT } from '#bench/targets/emulator.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

vi.setConfig({ testTimeout: 120_000 });

it('every emulator runs the template that cdk synthesizes, with the same assets', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-synth-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const context = Object.entries(EMULATOR_CONTEXT).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const cdk = join(PROJECT, 'node_modules/aws-cdk/bin/cdk');
  const synth = [cdk, 'synth', '--quiet', ...context, '-o', folder];
  execFileSync(process.execPath, synth, { cwd: PROJECT, stdio: 'pipe', env: withoutAccount(folder) });

  const ours = await readyAssembly(EMULATOR_CONTEXT);

  expect(templateIn(ours)).toEqual(templateIn(folder));
});

/** Environment without AWS credentials: with an account `cdk` would refuse the emulators' template. */
function withoutAccount(home: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  return { ...Object.fromEntries(kept), HOME: home, AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'us-east-1' };
}

/** The template without metadata: only the command writes construct paths. */
function templateIn(folder: string): unknown {
  const text = readFileSync(join(folder, 'Tidemark.template.json'), 'utf8');
  return JSON.parse(text, (key, value: unknown) => (key === 'Metadata' ? undefined : value));
}
