import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

vi.setConfig({ testTimeout: 120_000 });

/** Runs the app as `cdk` does: the environment holds folder, context and account. */
function runApp(context: Record<string, string>, account?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-synth-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { CDK_DEFAULT_ACCOUNT: _, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'infra/app.ts'], {
    cwd: PROJECT,
    encoding: 'utf8',
    env: {
      ...env,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      ...(account === undefined ? {} : { CDK_DEFAULT_ACCOUNT: account }),
    },
  });
  return { status, stderr, files: existsSync(folder) ? readdirSync(folder) : [] };
}

describe('the app', () => {
  it.each([
    [{ window: '0' }, undefined, /^Invalid context window '0': expected 1–86400 seconds; pass -c window=…\n$/],
    [{ protct: 'false' }, undefined, /^Unknown context 'protct': expected one of alarmTopic, [^\n]+ window\n$/],
    [{ shardLoad: '100' }, undefined, /^Impossible context shardLoad '100' [^\n]+\n$/],
    [{ database: 'external' }, '123456789012', /^Impossible context database 'external' [^\n]+\n$/],
  ])('refuses %j in one line, without a stack trace and without an assembly', (context, account, line) => {
    const { status, stderr, files } = runApp(context, account);
    expect(stderr).toMatch(line);
    expect(status).toBe(1);
    expect(files).toEqual([]);
  });
});
