import { describe, expect, it } from 'vitest';
import { changeScenario, type ThresholdOptions } from '#cli/commands/threshold.ts';
import type { Limit } from '#model/limits/limit.ts';
import type { PriceTable } from '#model/prices/price-table.ts';
import { answerFor } from '#report/assemble/answer.ts';
import { thresholdSection } from '#report/sections/thresholds.ts';
import { exportText } from '#report/terminal/export-text.ts';
import { limitsSections, renderAnswer } from '#report/terminal/render-answer.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

type Changes = Omit<ThresholdOptions, 'report' | 'json'>;

function answer(changes: Changes = {}, report = EXACT_REPORT) {
  return answerFor(report, changeScenario(report.scenario, changes), null);
}

const render = (changes: Changes = {}, report = EXACT_REPORT): string => renderAnswer(answer(changes, report));

const OF_REPORT = render();

/** The line that begins so, its columns apart by two spaces at least. */
function cellsOf(text: string, start: string, after = 0): string[] {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => line.startsWith(start));
  return (lines[index + after] ?? '').trim().split(/ {2,}/);
}

describe('renderAnswer', () => {
  it('begins with the sentence', () => {
    const { verdict } = answer();
    expect(OF_REPORT.split('\n')[0]).toBe(verdict.sentence);
  });

  it('says below it that the reader changes nothing but the delays, where freshness is worth nothing', () => {
    expect(render({ freshnessValue: 0 }).split('\n')[1]).toBe(
      'Freshness is worth 0 USD here (--freshness-value), so the reader (--reads) changes nothing but the delays.',
    );
    expect(render({ freshnessValue: 2 })).not.toContain('changes nothing but the delays');
  });

  it('says whose model it is, which load and what is deployed', () => {
    const text = render({ rate: 20_000, hosts: 5_000, eventsPerRecord: 128, memory: 1_769, readHours: 8 });
    expect(text).toContain(
      'By the model of run abcd1234 (embedded, 2026-01-31, 500 events/s); list prices of us-east-1.',
    );
    expect(text).toContain(
      'Load: 20,000 events/s (1.7 billion a day) of 193 bytes, up to 128 in a record, over 5,000 hosts.',
    );
    expect(text).toContain(
      'Deployed: bound of 15 seconds, functions of 1,769 MB, a dedicated database of 0.5 ACU while awake, pausing after 5 minutes, read 8 h a day.',
    );
    expect(render({ database: 'shared', rate: 1 })).toContain('Load: 1 event/s');
    expect(render({ database: 'shared' })).toContain('functions of 1,024 MB, a database shared with others.');
    expect(render({ database: 'always-on' })).toContain('a dedicated database of 0.5 ACU while awake, always on.');
  });

  it('sets the best streaming and the batch at each window beside each other, cost in parts, with the reason below', () => {
    const given = answer({ windows: [3_600_000] });
    const [window] = given.verdict.windows;
    if (window === undefined) throw new Error('no window');
    const text = renderAnswer(given);
    const usd = (value: number): string =>
      value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const { stream, batch, decision, reason } = window;
    const stretch = cellsOf(text, '1 hour');
    expect(stretch.slice(0, 6)).toEqual([
      '1 hour',
      'stream, batching window 1 minute, full after 16 seconds', // 6 MiB ÷ (193 × 4/3 + 550) = 7,793 records at 500 a second
      usd(stream.costUsd),
      usd(stream.sharedUsd),
      usd(stream.fixedUsd),
      usd(stream.variableUsd),
    ]);
    expect(stretch.at(-1)).toBe(decision);
    expect(cellsOf(text, '1 hour', 1).slice(0, 5)).toEqual([
      'batch',
      usd(batch.costUsd),
      usd(batch.sharedUsd),
      usd(batch.fixedUsd),
      usd(batch.variableUsd),
    ]);
    expect(stream.sharedUsd + stream.fixedUsd + stream.variableUsd).toBeCloseTo(stream.costUsd, 6);
    expect(text).toContain(`  1 hour: ${reason}`);
    expect(text).toContain('1,000 are deployed. Deploy with -c batchingWindow=60 -c batchSize=10000\n');
  });

  it('names what the reader waits for', () => {
    expect(cellsOf(OF_REPORT, 'Window')).toContain('Freshness');
    expect(cellsOf(render({ reads: 'final' }), 'Window')).toContain('Finality');
  });

  it('has no figure for what is impossible', () => {
    const text = render({ rate: 10_000_000, windows: [3_600_000] });
    expect(cellsOf(text, '1 hour')).toContain('impossible');
    expect(text).toMatch(/stream, connections, at every window: .* of 2,000 \(impossible\)/);
  });

  it('tells how the threshold moves, a line for each thing that is changed', () => {
    const text = OF_REPORT;
    for (const what of ['Rate', 'Hosts', 'Price of the database', 'Interval of the batch']) {
      expect(
        cellsOf(text, `${what}  `)
          .slice(1)
          .map((cell) => cell.split(':')[0]),
      ).toEqual(['× 0.1', '× 0.5', '× 2', '× 10']);
    }
    expect(cellsOf(text, 'Value of freshness')[1]).toMatch(/^0 USD: /);
  });

  it('puts the rule to the test, for each pair of engines', () => {
    const text = OF_REPORT;
    expect(text).toContain(
      'The rule "batch from about 1 hour on", put to the test, modelled\nSpark instead of Flink: batch from ',
    );
    expect(text).toMatch(/Spark takes 180 s to start.* {2,}EMR Serverless Spark {2,}\d+ minutes/);
    expect(text).toMatch(/This project, each run cold {2,}the scheduled-batch path/);
  });

  it('shows the error on invocations that were not seen, and what was fitted', () => {
    const text = OF_REPORT;
    expect(cellsOf(text, 'micro-batch')).toEqual(['micro-batch', '40', '300–24,300']);
    expect(cellsOf(text, 'Error of the model', 2)).toEqual([
      'micro-batch',
      'CPU, held out',
      '6 %',
      '19 %',
      '2 %',
      '40',
    ]);
    expect(cellsOf(text, 'Error of the model', 3)).toEqual([
      'micro-batch',
      'rows, by the keys',
      '2 %',
      '5 %',
      '1 %',
      '40',
    ]);
    const { model } = EXACT_REPORT;
    const none = {
      cpu: null,
      whyNot: 'only 3 warm invocations, at least 12 are needed',
      databaseWait: null,
      rows: null,
    };
    const unfitted = render({}, changedReport({ model: { ...model, fits: { ...model.fits, microBatch: none } } }));
    expect(cellsOf(unfitted, 'micro-batch')).toEqual(['micro-batch', '0', '–']);
    expect(cellsOf(unfitted, 'Error of the model', 2)[0]).toBe('scheduled-batch');
    expect(unfitted).toMatch(/^Warning: .*only 3 warm invocations, at least 12 are needed\.$/m);
  });

  it.each<[string, Changes]>([
    ['the least load', { rate: 1, hosts: 1, eventBytes: 1, eventsPerRecord: 1, database: 'shared' }],
    ['the greatest load', { rate: 10_000_000, hosts: 10_000_000, eventBytes: 1_000_000, eventsPerRecord: 10_000 }],
    ['billions of events a day, packed', { rate: 100_000, hosts: 1_000_000, eventsPerRecord: 128, reads: 'final' }],
    ['no bound, one long window', { bound: 0, windows: [86_400_000], batchingWindows: [0] }],
    ['a value of freshness', { freshnessValue: 1e9, memory: 256, acu: 256, readHours: 24 }],
  ])('prints figures only, for %s', (_, changes) => {
    const text = render(changes);
    expect(text).not.toMatch(/NaN|Infinity|∞|undefined|null|\[object/);
    expect(text).toContain('Threshold: ');
  });
});

describe('thresholdSection', () => {
  const { verdict } = answer();
  const at = (
    thresholdSeconds: number | null,
    earliestSeconds: number | null,
    latestSeconds: number | null,
    streamAgainSeconds: number | null = null,
  ) => thresholdSection({ ...verdict, thresholdSeconds, earliestSeconds, latestSeconds, streamAgainSeconds }).finding;

  it.each([
    [at(480, 420, 540), 'Threshold: 8 minutes; within the error 7 to 9 minutes.'],
    [at(480, 480, 480), 'Threshold: 8 minutes, and nowhere else within the error.'],
    [at(480, 420, null), 'Threshold: 8 minutes; within the error from 7 minutes on, or none.'],
    [at(null, 420, null), 'Threshold: none up to a day; within the error from 7 minutes on, or none.'],
    [at(null, null, null), 'Threshold: none up to a day, nor within the error.'],
    [
      at(480, 480, 480, 43_200),
      'Threshold: 8 minutes, and nowhere else within the error. Streaming is better again from 12 hours on.',
    ],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });

  it('is none where everything costs nothing, as sentence and windows have it', () => {
    const free = Object.entries(EXACT_REPORT.prices.table).map(([id, price]) => [id, { ...price, usd: 0 }]);
    const prices = { ...EXACT_REPORT.prices, table: Object.fromEntries(free) as PriceTable };
    const { verdict: tied } = answer({}, changedReport({ prices }));
    expect(new Set(tied.windows.map(({ decision }) => decision))).toEqual(new Set(['either']));
    expect(tied.sentence).toContain(': either within the error, at every window judged. ');
    expect(thresholdSection(tied).finding).toBe('Threshold: none, every window judged is within the error.');
  });
});

describe('limitsSections', () => {
  const { verdict } = answer({ windows: [300_000, 3_600_000] });
  const [five, hour] = verdict.windows;
  const limit = (id: Limit['id'], text: string, use: number, possible = true): Limit => ({ id, text, use, possible });

  function render(stream: Limit[][], batch: Limit[][], besideEachOther: Limit[] = []): string[] {
    if (five === undefined || hour === undefined) throw new Error('no windows');
    const windows = [five, hour].map((window, index) => ({
      ...window,
      stream: { ...window.stream, limits: stream[index] ?? [] },
      batch: { ...window.batch, limits: batch[index] ?? [] },
    }));
    return limitsSections({ windows, besideEachOther }).flatMap((section) => exportText([section]).split('\n'));
  }

  it('names each limit of a path once, at the window where it binds most', () => {
    const shards = limit('shards', 'the shard is full', 0.9);
    const lines = render(
      [[shards], [shards]],
      [
        [limit('time', '2 invocations', 0.6)],
        [limit('time', '9 invocations', 0.8), limit('memory', 'no room', 2, false)],
      ],
    );
    expect(lines).toEqual([
      'Limits that are at least half used',
      '  stream, shards, at every window: the shard is full',
      '  batch, time, at every window, most at 1 hour: 9 invocations',
      '  batch, memory, at 1 hour: no room (impossible)',
    ]);
  });

  it('says so where none comes near', () => {
    expect(render([], [])).toEqual(['Limits: none is half used at any of these windows.']);
  });

  it('names those of both paths side by side apart, at the largest window', () => {
    const beside = [
      limit('read-bytes', 'both read 1.2 of 2 MB/s', 0.6),
      limit('interval', 'the batch takes too long', 1.2, false),
    ];
    expect(render([], [], beside)).toEqual([
      'Limits: none is half used at any of these windows.',
      'Limits where both run side by side on one stream, at 1 hour',
      '  both, read-bytes: both read 1.2 of 2 MB/s',
      '  both, interval: the batch takes too long (impossible)',
    ]);
  });
});
