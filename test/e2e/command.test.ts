import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { benchmark, exactReport, SHORT, startBenchmark } from '../support/benchmark-run.ts';
import { descendantsOf, isRunning, type Process } from '../support/processes.ts';

describe('the benchmark command', () => {
  it.each([
    [['--rate', '0'], "Invalid --rate '0': expected a number from 1 to 100000; see --help"],
    [['--input', '/no/such/log'], "Cannot read input '/no/such/log': there is no such file; check the path"],
    [['--keep'], '--keep needs DATABASE_URL'],
    [['--prices', '/no/such/prices'], "Can't read --prices '/no/such/prices': "],
    [['--out', '/dev/null/reports'], "Can't make the folder --out '/dev/null/reports': "],
    [['--out', '/proc/reports'], "Can't make the folder --out '/proc/reports': "],
  ])('refuses %j in one line with exit code 2', async (args, message) => {
    const { code, stderr, stdout, report } = await benchmark(args);

    expect({ code, stdout, report }).toEqual({ code: 2, stdout: '', report: null });
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(message)]);
  });

  it("names a database that isn't there, without its password", async () => {
    const { code, stderr } = await benchmark(SHORT, { databaseUrl: 'postgres://me:secret@127.0.0.1:1/nowhere' });

    expect(code).toBe(2);
    expect(stderr).toContain("Can't use the database at 127.0.0.1:1/nowhere");
    expect(stderr).not.toContain('secret');
  });

  it('names a busy port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };

    const { code, stderr } = await benchmark([...SHORT, '--lambda-port', String(port)]);
    taken.close();

    expect(code).toBe(2);
    expect(stderr).toContain(String(port));
  });

  it('names an unknown format', async () => {
    const { code, stderr } = await benchmark(['--input', '-'], { input: Buffer.from('a,b,c\n1,2,3\n') });

    expect(code).toBe(2);
    expect(stderr).toContain('Unknown format of standard input');
  });

  it('runs twice side by side', async () => {
    const reports = (await Promise.all([benchmark(SHORT), benchmark(SHORT)])).map(exactReport);

    expect(new Set(reports.map(({ run }) => run.id)).size).toBe(2);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('leaves no process and no folder behind after %s', async (signal) => {
    const run = await startBenchmark(SHORT);
    await expect.poll(() => run.stderr(), { timeout: 60_000 }).toContain('live run');
    const children = descendantsOf(run.child.pid as number);
    expect(children.length).toBeGreaterThan(2); // PostgreSQL, Kinesis, functions

    run.child.kill(signal);
    const { code, report } = await run.ended;

    expect({ code, report }).toEqual({ code: signal === 'SIGINT' ? 130 : null, report: null });
    await expect.poll(() => children.filter(isRunning), { timeout: 20_000 }).toEqual([]);
    const mine = (name: string): boolean => name.startsWith('tidemark-') && !name.startsWith('tidemark-report-');
    await expect.poll(() => foldersOf(children).filter(mine), { timeout: 20_000 }).toEqual([]);
  });
});

/** The data folders that these processes were started with, as far as they still exist. */
function foldersOf(started: Process[]): string[] {
  return readdirSync(tmpdir()).filter((name) => started.some(({ command }) => command.includes(name)));
}
