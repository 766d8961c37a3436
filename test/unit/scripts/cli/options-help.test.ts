import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseOptions } from '#cli/commands/benchmark.ts';

const PROJECT = fileURLToPath(new URL('../../../../', import.meta.url));

/** Every option with its unit, and its default or where the default comes from. */
const OPTIONS: [flags: string, standard: string][] = [
  ['--target <name>', 'default: "embedded"'],
  ['--stack <name>', 'default: "Tidemark"'],
  ['--yes', 'default: false'],
  ['--kinesis-port <port>', 'default: 0'],
  ['--lambda-port <port>', 'default: 0'],
  ['--window <duration>', 'default: 5s'],
  ['--bound <duration>', 'default: 2s'],
  ['--margin <duration>', 'default: 2s'],
  ['--max-future-skew <duration>', 'default: 5m'],
  ['--idle-timeout <duration>', 'default: 10s'],
  ['--late <policy>', 'default: "count"'],
  ['--windows <list>', 'default: 1m,5m'],
  ['--batching-windows <list>', 'default: none'],
  ['--max-events <number>', 'default: 2000000'],
  ['--repeat <number>', 'default: 1'],
  ['--reads <what>', 'default: "partial"'],
  ['--freshness-value <USD>', 'default: 0'],
  ['--database <regime>', 'default: "auto-pause"'],
  ['--prices <file>', 'default: the built-in one'],
  ['--shards <number>', 'default: 2'],
  ['--batch-size <records>', 'default: as deployed'],
  ['--batching-window <duration>', 'default: as deployed'],
  ['--rate <events/s>', 'default: 500'],
  ['--duration <duration>', 'default: 60s'],
  ['--hosts <number>', 'default: 200'],
  ['--referrers <number>', 'default: 50'],
  ['--host-skew <exponent>', 'default: 1'],
  ['--referrer-skew <exponent>', 'default: 1'],
  ['--null-referrers <share>', 'default: 0.3'],
  ['--out-of-order <share>', 'default: 0.3'],
  ['--out-of-order-by <duration>', 'default: the bound'],
  ['--late-share <share>', 'default: 0'],
  ['--malformed <share>', 'default: 0'],
  ['--seed <number>', 'default: 1'],
  ['--event-start <time>', 'default: now'],
  ['--input <file>', 'log to replay'],
  ['--format <name>', 'default: auto'],
  ['--host-field <field>', 'default: ip'],
  ['--speed <factor>', 'default: max'],
  ['--events-per-record <number>', 'default: 1'],
  ['--partition-by <what>', 'default: "random"'],
  ['--chaos <faults>', 'default: kill=0'],
  ['--keep', 'default: false'],
  ['--out <folder>', 'default: one of its own in out/'],
  ['--verbose', 'default: false'],
];

/** The help's entries, each on one line however it was wrapped. */
function entriesOf(help: string): string[] {
  return help
    .replaceAll(/\n {20,}/g, ' ')
    .split('\n')
    .flatMap((line) => (/^ {2}-/.test(line) ? [line.trim()] : []));
}

describe('the help', () => {
  it.each(['--help', '-h'])('lists every option with unit and default, on %s', (flag) => {
    let help = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      help += text;
      return true;
    });
    onTestFinished(() => write.mockRestore());

    expect(parseOptions([flag])).toBeNull();

    const entries = entriesOf(help);
    for (const [flags, standard] of OPTIONS) {
      expect(entries.find((entry) => entry.startsWith(`${flags}  `))).toContain(standard);
    }
    expect(entries).toHaveLength(OPTIONS.length + 1); // and --help itself
    expect(help).toContain('DATABASE_URL');
    expect(help).toContain('Exit codes: 0 both paths exact · 1 not exact, or the run failed · 2 wrong use');
  });

  it('is all that the command prints, and no error', async () => {
    const run = promisify(execFile); // rejects unless the command exits with 0
    const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', 'scripts/benchmark.ts', '--help'], {
      cwd: PROJECT,
    });
    expect(stdout).toMatch(/^Usage: npm run bench -- /);
    expect(stderr).toBe('');
  });
});
