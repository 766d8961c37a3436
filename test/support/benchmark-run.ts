import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import { type CommandEnd, collectOutput, PROJECT } from './command-run.ts';

export type BenchmarkEnd = CommandEnd & {
  report: Report | null;
  /** The report as HTML. */
  page: string | null;
};
export type BenchmarkRun = { child: ChildProcess; stderr: () => string; ended: Promise<BenchmarkEnd> };

/** Starts the benchmark in another process, as a user does. Its report is read from a folder that is removed after the test. */
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
  onTestFinished(() => void child.kill('SIGKILL')); // the processes that it started notice this and end
  const output = collectOutput(child);
  child.stdin.end(options.input);
  const ended = output.ended.then(async (end): Promise<BenchmarkEnd> => {
    const read = async (name: string): Promise<string | null> =>
      existsSync(join(out, name)) ? readFile(join(out, name), 'utf8') : null;
    const report = await read('report.json');
    return {
      ...end,
      report: report === null ? null : (JSON.parse(report) as Report),
      page: await read('report.html'),
    };
  });
  return { child, stderr: output.stderr, ended };
}

/** Runs the benchmark to its end. */
export async function benchmark(
  args: string[],
  options: { databaseUrl?: string; input?: Buffer } = {},
): Promise<BenchmarkEnd> {
  return (await startBenchmark(args, options)).ended;
}

const SHORT_WINDOWS = ['--window', '2s', '--bound', '1s', '--margin', '1s'];

/** A short live run and nothing else: two seconds a window, so that a few of them become final. */
export const SHORT = ['--duration', '6s', ...SHORT_WINDOWS, '--rate', '300', '--windows', 'none'];

/** A short benchmark with all of its phases but batching windows. */
export const SHORT_SWEEP = ['--duration', '4s', ...SHORT_WINDOWS, '--rate', '50', '--windows', '1m'];

/** The report of a run that had to be exact; what it printed is in the failure otherwise. */
export function exactReport({ code, stdout, stderr, report }: BenchmarkEnd): Report {
  if (code !== 0 || report === null || !report.exact) {
    throw new Error(`Expected an exact run, got exit code ${code}:\n${stderr}\n${stdout}`);
  }
  return report;
}
