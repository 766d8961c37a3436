import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { LoadLine } from '#bench/load/line.ts';
import { openAccount, sendPastLoad, startGeneratedLoad, startReplay } from '#bench/run/load.ts';
import type { Target } from '#bench/targets/target.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { sequenceNumber } from '#test/support/records.ts';
import { scriptedTarget } from '#test/support/scripted-target.ts';

const NEVER = new AbortController().signal;

function replayOptions(input: string, ...args: string[]) {
  return { ...(parseOptions(['--input', input, ...args]) as BenchmarkOptions), input };
}

function generatedOptions(...args: string[]) {
  const options = parseOptions(args) as BenchmarkOptions;
  const { window: windowMs, bound: boundMs, duration: durationMs, eventStart: eventStartMs } = options;
  return { ...options, windowMs, boundMs, durationMs, eventStartMs };
}

/** A stream of one shard that takes everything. */
function streamThatTakesAll(onPut: () => void = () => undefined): Target {
  let last = 0;
  const target = scriptedTarget({
    kinesis({ input }) {
      onPut();
      const records = input.Records as unknown[];
      return { Records: records.map(() => ({ ShardId: 'a', SequenceNumber: sequenceNumber(++last) })) };
    },
  });
  Object.assign(target.producer, { config: { maxAttempts: async () => 1 } });
  return target;
}

async function fileOf(lines: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-load-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'log');
  await writeFile(file, lines.map((line) => `${line}\n`).join(''));
  return file;
}

const event = (second: number) => `{"event_time":"2026-01-01T00:00:0${second}Z","host":"a"}`;

describe('startReplay', () => {
  it('replays a log and keeps its own count of what the stream has taken', async () => {
    const input = await fileOf([event(1), event(2), '{"host":"a"}', '', event(7)]);
    const load = startReplay(streamThatTakesAll(), 'events-run-1', replayOptions(input), NEVER);

    expect(await load.ended).toMatchObject({ records: 4, lines: 4, aborted: false });

    expect(load.oracle.totals()).toEqual({ lines: 4, events: 3, malformed: 1 });
    expect([...load.oracle.rows('byHost')].map(({ hits }) => hits)).toEqual([2, 1]); // windows of 5 s
    expect(load.receipts.totals()).toEqual({ records: 4, lines: 4, events: 3 });
    expect(load.receipts.lastSequenceNumbers()).toEqual(new Map([['a', BigInt(sequenceNumber(4))]]));
    expect(load.replay).toMatchObject({ format: 'ndjson', linesRead: 5, blankLines: 1 });
    expect(load.durationMs).toBeNull();
  });

  it('counts every line of a record that has several', async () => {
    const input = await fileOf([event(1), event(2), '{"host":"a"}', event(7)]);
    const options = replayOptions(input, '--events-per-record', '10', '--partition-by', 'host');
    const load = startReplay(streamThatTakesAll(), 'events-run-1', options, NEVER);
    const { records } = await load.ended;
    expect(records).toBeLessThan(4);
    expect(load.receipts.totals()).toEqual({ records, lines: 4, events: 3 });
  });

  it('fails with an input that cannot be read', async () => {
    const load = startReplay(streamThatTakesAll(), 'events-run-1', replayOptions('/no/such/log'), NEVER);
    await expect(load.ended).rejects.toThrow("Cannot read input '/no/such/log'");
  });
});

describe('startGeneratedLoad', () => {
  it.each([
    ['5s', 1_005_000, 67_000],
    ['10s', 1_010_000, 72_000],
    ['11s', 1_001_700, 73_000],
    ['1h', 1_001_700, 3_662_000],
  ])(
    'starts with the next window of %s where that is soon, and plans a tail that closes the last one',
    async (window, startMs, durationMs) => {
      vi.useFakeTimers({ toFake: ['Date'], now: 1_001_200 });
      onTestFinished(() => void vi.useRealTimers());
      const options = generatedOptions('--window', window);
      const load = startGeneratedLoad(streamThatTakesAll(), 'events-run-1', options, AbortSignal.abort());
      expect(load).toMatchObject({ startMs, durationMs, replay: null });
      expect(await load.ended).toMatchObject({ records: 0, aborted: true });
    },
  );
});

describe('openAccount', () => {
  it('counts every line of a record that was taken, and keeps its place', () => {
    const account = openAccount(5_000);
    const event = { eventTimeMs: 7_000, host: 'a', referrer: null };
    const record = { data: new Uint8Array(), partitionKey: 'a', events: [event, null, event], offsetMs: 30, dueMs: 40 };

    account.enter(record, { shardId: 's', sequenceNumber: 9n, sentMs: 1_050, lagMs: 10 }, 1_000);

    expect(account.oracle.totals()).toEqual({ lines: 3, events: 2, malformed: 1 });
    expect([...account.oracle.rows('byHost')]).toEqual([{ windowStartMs: 5_000, host: 'a', hits: 2 }]);
    expect([...account.receipts.ofShard('s')]).toEqual([
      { sequenceNumber: 9n, lines: 3, events: 2, intendedMs: 1_030, sentMs: 1_050 },
    ]);
  });
});

const HOUR = 3_600_000;
const START_MS = Date.now() - 2 * HOUR;

/** A line a minute for an hour. */
function* anHour(): Generator<LoadLine> {
  for (let offsetMs = 0; offsetMs < HOUR; offsetMs += 60_000) {
    const event = { eventTimeMs: START_MS + offsetMs, host: 'a', referrer: null };
    yield { offsetMs, text: '{}', partitionKey: 'k', event };
  }
}

describe('sendPastLoad', () => {
  it('sends an hour at once, enters it into the account and tells every record', async () => {
    const target = streamThatTakesAll();
    const account = openAccount(HOUR);
    let told = 0;
    const load = {
      lines: anHour(),
      startMs: START_MS,
      packing: { eventsPerRecord: 8, mixKeys: true, lingerMs: HOUR },
      onSent: () => void told++,
    };
    const sent = await sendPastLoad(target, 'events-run-1', account, load, NEVER);
    expect(sent).toMatchObject({ records: 8, lines: 60, calls: 1, aborted: false });
    expect(told).toBe(8);
    expect(account.oracle.totals().events).toBe(60);
    expect(account.receipts.totals()).toEqual({ records: 8, lines: 60, events: 60 });
  });

  it('ends on the signal with its reason', async () => {
    const stop = new AbortController();
    const target = streamThatTakesAll(() => stop.abort('interrupted'));
    const load = { lines: anHour(), startMs: START_MS, packing: { eventsPerRecord: 1 } };
    const sending = sendPastLoad(target, 'events-run-1', openAccount(HOUR), load, stop.signal);
    await expect(sending).rejects.toBe('interrupted');
  });
});
