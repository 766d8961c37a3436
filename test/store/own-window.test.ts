import { describe, expect, it } from 'vitest';
import { lagMs, type Settings } from '#functions/core/settings.ts';
import { createTally } from '#functions/core/tally.ts';
import { dueCutOffMs } from '#functions/core/window.ts';
import { commitTally } from '#functions/store/commit.ts';
import { readPathState } from '#functions/store/path-state.ts';
import { readStream } from '#functions/stream/read-stream.ts';
import { eventAt, NOON_MS, streamRecord } from '../support/records.ts';
import { type ScriptedShard, scriptedStream } from '../support/scripted-stream.ts';
import { SETTINGS } from '../support/settings.ts';
import { effort } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath } from '../support/test-path.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const db = useDatabase();

const LIVE: Settings = { ...SETTINGS, windowMs: 5_000, boundMs: 2_000, marginMs: 2_000 };
const END_MS = NOON_MS + LIVE.windowMs;
const NETWORK_MS = 20;

/** −50 to +50 ms, another for each record, the same in every run: 37 runs through all remainders of 101. */
function clockErrorMs(n: number): number {
  return ((n * 37) % 101) - 50;
}

/** A steady stream, dealt to the shards in turn, from before the window until well behind the cut-off. */
function steadyStream(eventsPerSecond: number, shards: number): ScriptedShard[] {
  const script = Array.from({ length: shards }, (_, i): ScriptedShard => ({ shardId: `shard-${i}`, records: [] }));
  const gapMs = 1000 / eventsPerSecond;
  for (let n = 1, sentMs = NOON_MS - 1000; sentMs < END_MS + 8000; n++, sentMs += gapMs) {
    const arrivesMs = Math.round(sentMs) + NETWORK_MS;
    const record = streamRecord(eventAt(Math.round(sentMs)), { n, arrivalMs: arrivesMs + clockErrorMs(n) });
    script[n % shards]?.records.push({ ...record, visibleMs: arrivesMs });
  }
  return script;
}

/** The run that the schedule makes due for the window that starts at noon, on a clock that moves while it reads. */
async function runOnce(settings: Settings, eventsPerSecond: number, shards: number) {
  const script = steadyStream(eventsPerSecond, shards);
  const path = await preparedPath(db.open(), {
    path: 'scheduledBatch',
    shardIds: script.map((shard) => shard.shardId),
    settings,
  });
  const scheduledMs = END_MS + lagMs(settings);
  const clock = virtualClock(scheduledMs - 500); // its own clock is off, too: it comes half a second early
  const reading = {
    source: scriptedStream({ clock, shards: script }),
    settings,
    tally: createTally(),
    cutOffMs: dueCutOffMs(scheduledMs, settings),
    mustStop: () => false,
    isFull: () => false,
    pagesBytes: 1e8,
    ...clock,
  };
  const { checkpoints } = await path.database.within(path.schema, (session) => readPathState(session, path.stream));
  const { shards: progress } = await readStream(reading, checkpoints, async () => undefined);
  await path.database.within(path.schema, (session) =>
    commitTally(session, path.stream, progress, reading.tally, effort),
  );
  return path.query<{ start: string; hits: number; final: boolean }>(
    `select event_hour::time as start, num_hits::int as hits, final from window_status order by 1`,
  );
}

describe('one run of the scheduled batch, with arrival clocks off by ±50 ms', () => {
  it.each([
    [10, 1],
    [10, 3],
    [500, 1],
    [500, 3],
  ])(
    'makes its own window final at %i events/s on %i shards, every event of it counted',
    async (eventsPerSecond, shards) => {
      const windows = await runOnce(LIVE, eventsPerSecond, shards);

      expect(windows.find(({ start }) => start === '12:00:00')).toEqual({
        start: '12:00:00',
        hits: 5 * eventsPerSecond,
        final: true,
      });
      expect(windows.find(({ start }) => start === '12:00:05')?.final).toBe(false);
    },
  );

  it('would not without a margin: every event before end + bound leaves the watermark short of the end', async () => {
    const windows = await runOnce({ ...LIVE, marginMs: 0 }, 10, 1);

    expect(windows.find(({ start }) => start === '12:00:00')).toEqual({ start: '12:00:00', hits: 50, final: false });
  });
});
