import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Report } from '../../scripts/report/report.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

export type BenchmarkEnd = { code: number | null; stdout: string; stderr: string; report: Report | null };
export type BenchmarkRun = { child: ChildProcess; stderr: () => string; ended: Promise<BenchmarkEnd> };

/** The benchmark as a user starts it, in a process of its own; its report is read back from a folder that the test loses. */
export async function startBenchmark(
  args: string[],
  options: { databaseUrl?: string; input?: Buffer } = {},
): Promise<BenchmarkRun> {
  const out = await mkdtemp(join(tmpdir(), 'tidemark-report-'));
  onTestFinished(() => rm(out, { recursive: true, force: true }));
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/benchmark.ts', '--out', out, ...args], {
    cwd: PROJECT,
    env: options.databaseUrl === undefined ? env : { ...env, DATABASE_URL: options.databaseUrl },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL')); // what it started notices, and ends too
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.end(options.input);
  const ended = once(child, 'close').then(async ([code]): Promise<BenchmarkEnd> => {
    const file = join(out, 'report.json');
    const report = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Report) : null;
    return { code, stdout, stderr, report };
  });
  return { child, stderr: () => stderr, ended };
}

/** Runs the benchmark to its end. */
export async function benchmark(
  args: string[],
  options: { databaseUrl?: string; input?: Buffer } = {},
): Promise<BenchmarkEnd> {
  return (await startBenchmark(args, options)).ended;
}

/** A short live run: two seconds a window, so that a few of them become final. */
export const SHORT = ['--duration', '6s', '--window', '2s', '--bound', '1s', '--margin', '1s', '--rate', '300'];

/** The report of a run that had to be exact; what it printed is in the failure otherwise. */
export function exactReport({ code, stdout, stderr, report }: BenchmarkEnd): Report {
  if (code !== 0 || report === null || !report.correctness.exact) {
    throw new Error(`Expected an exact run, got exit code ${code}:\n${stderr}\n${stdout}`);
  }
  return report;
}
