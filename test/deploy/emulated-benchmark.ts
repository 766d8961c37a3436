import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { expect } from 'vitest';
import type { EmulatorClients } from '#ops/localstack/emulator.ts';
import type { Report } from '#report/definition/report.ts';
import { type CommandOptions, runCommand, startCommand, succeeded } from './project-command.ts';

/** The live run or the replay alone: an emulator's times are no part of a verdict. */
const TO_EMULATOR = ['--target', 'localstack', '--windows', 'none'];

/** Runs the benchmark on what is deployed; it had to be exact, by its exit code and by its report. */
export async function exactReport(args: string[], options: CommandOptions): Promise<Report> {
  const out = await mkdtemp(join(tmpdir(), 'tidemark-report-'));
  try {
    succeeded(await runCommand('bench', [...TO_EMULATOR, '--out', out, ...args], options));
    const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as Report;
    expect(report.target.name).toBe('localstack');
    expect(report.correctness).toMatchObject({ exact: true, pathsAgree: true });
    return report;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** Kills a benchmark at work, so that its run is left: stream, mapping and schemas. */
export async function abortBenchmark(env: Record<string, string>, { kinesis }: EmulatorClients): Promise<void> {
  const benchmark = startCommand('bench', [...TO_EMULATOR, '--duration', '60s'], { env });
  const runStreams = async (): Promise<string[]> =>
    (await kinesis.send(new ListStreamsCommand({}))).StreamNames?.filter((name) => name.includes('-run-')) ?? [];
  try {
    await expect.poll(runStreams, { timeout: 60_000 }).toHaveLength(1);
  } finally {
    benchmark.end('SIGKILL');
    await benchmark.ended;
  }
}
