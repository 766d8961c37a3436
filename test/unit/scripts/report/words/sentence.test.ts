import { describe, expect, it } from 'vitest';
import { defaultDeployment } from '#model/deployment.ts';
import { createScenario, type Scenario } from '#model/verdict/scenario.ts';
import { summarize, type ThresholdBand } from '#model/verdict/summary.ts';
import type { WindowVerdict } from '#model/verdict/verdict.ts';
import { withHosts } from '#model/workload/keys.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';
import { sayVerdict, type VerdictWords, writeSentence as write } from '#report/words/sentence.ts';
import { batchChoice, impossible, judged, streamChoice } from '#test/unit/scripts/model/verdict/choices.ts';

const SCENARIO = createScenario({ workload: { ...GENERATED_LOAD, eventsPerSecond: 500 } });
const AT_7: ThresholdBand = {
  thresholdSeconds: 420,
  streamAgainSeconds: null,
  earliestSeconds: 360,
  latestSeconds: 540,
};
const SURE: ThresholdBand = { ...AT_7, earliestSeconds: 420, latestSeconds: 420 };
const NEVER: ThresholdBand = {
  thresholdSeconds: null,
  streamAgainSeconds: null,
  earliestSeconds: null,
  latestSeconds: null,
};
const ALWAYS: ThresholdBand = { ...SURE, thresholdSeconds: 60, earliestSeconds: 60, latestSeconds: 60 };
const WINDOWS = [judged(streamChoice({ costUsd: 63.1 }), batchChoice())];

const wordsOf = (scenario: Scenario, found: ThresholdBand, windows: readonly WindowVerdict[]): VerdictWords =>
  sayVerdict(summarize(scenario, found, windows));
const writeSentence = (scenario: Scenario, found: ThresholdBand, windows: readonly WindowVerdict[]): string =>
  write(summarize(scenario, found, windows));

/** The answer and its band, without the full stop. */
function answerOf(found: ThresholdBand, windows = WINDOWS): string {
  const { answer, band } = wordsOf(SCENARIO, found, windows);
  return `${answer}${band}`.replace(/\.$/, '');
}

function exampleOf(stream = streamChoice(), batch = batchChoice(), given: Partial<Scenario> = {}): string {
  return wordsOf({ ...SCENARIO, ...given }, SURE, [judged(stream, batch)]).example.trim();
}

describe('writeSentence', () => {
  it('names rate, hosts, database and reader, then the answer with its error, then what it means', () => {
    expect(writeSentence(SCENARIO, AT_7, WINDOWS)).toBe(
      'At 500 events/s and 1,000 hosts, on a dedicated database that may pause, for readers of counts as they grow: ' +
        'stream below 7 minutes, batch from there on (6 to 9 minutes within the error). At 5 minutes, streaming costs ' +
        '3.10 USD a month more. It shows counts 2.6 minutes sooner and final windows 1 second sooner.',
    );
  });

  it('keeps to the singular for one', () => {
    const workload = { ...GENERATED_LOAD, eventsPerSecond: 1, keys: withHosts(GENERATED_LOAD.keys, 1) };
    expect(writeSentence({ ...SCENARIO, workload }, AT_7, WINDOWS)).toMatch(/^At 1 event\/s and 1 host, /);
  });

  it.each([
    ['always-on', 'on a dedicated database that is always on,'],
    ['shared', 'on a database shared with others,'],
  ] as const)('names a database that is %s', (regime, text) => {
    const deployment = { ...defaultDeployment('both'), regime };
    expect(writeSentence({ ...SCENARIO, deployment }, AT_7, WINDOWS)).toContain(text);
  });

  it('names what freshness is worth, where it is worth something', () => {
    expect(writeSentence({ ...SCENARIO, freshnessUsd: 1 }, AT_7, WINDOWS)).toContain(
      'as they grow, a minute of delay costing 1.00 USD a month: stream',
    );
  });

  it('rounds no small rate or value to nothing', () => {
    const workload = { ...GENERATED_LOAD, eventsPerSecond: 0.00042 };
    const sentence = writeSentence({ ...SCENARIO, workload, freshnessUsd: 0.0013 }, AT_7, WINDOWS);
    expect(sentence).toMatch(/^At 0\.00042 events\/s .*, a minute of delay costing 0\.0013 USD a month: /);
  });

  it('puts final windows first for their readers', () => {
    const sentence = writeSentence({ ...SCENARIO, reader: 'final' }, AT_7, WINDOWS);
    expect(sentence).toContain('for readers of final windows: ');
    expect(sentence).toContain('shows final windows 1 second sooner and counts 2.6 minutes sooner.');
  });

  it.each<[string, ThresholdBand, string]>([
    ['sure of it', SURE, 'stream below 7 minutes, batch from there on'],
    [
      'that may never come',
      { ...AT_7, latestSeconds: null },
      'stream below 7 minutes, batch from there on (within the error, from 6 minutes on or never)',
    ],
    ['never', NEVER, 'stream at every window up to a day'],
    [
      'never, but perhaps',
      { ...NEVER, earliestSeconds: 2_400 },
      'stream at every window up to a day (within the error, perhaps batch from 40 minutes on)',
    ],
    ['always', ALWAYS, 'batch from the smallest window on'],
    [
      'always, but perhaps later',
      { ...ALWAYS, latestSeconds: 300 },
      'batch from the smallest window on (1 to 5 minutes within the error)',
    ],
    [
      'and back',
      { ...SURE, streamAgainSeconds: 7_200 },
      'stream below 7 minutes, batch from there on, stream again from 2 hours on',
    ],
    [
      'always and back',
      { ...ALWAYS, streamAgainSeconds: 43_200 },
      'batch from the smallest window on, stream again from 12 hours on',
    ],
  ])('words a threshold: %s', (_, found, text) => {
    expect(answerOf(found)).toBe(text);
  });

  describe('where no judged window is decided', () => {
    const open = WINDOWS.map((window) => ({ ...window, decision: 'either' as const }));

    it.each<[string, ThresholdBand, string]>([
      ['a tie that goes to the batch', ALWAYS, 'either within the error, at every window judged'],
      [
        'an error without an end',
        { ...ALWAYS, latestSeconds: null },
        'either within the error, at every window judged',
      ],
      [
        'a tie, and back',
        { ...ALWAYS, streamAgainSeconds: 43_200 },
        'either within the error, at every window judged, stream again from 12 hours on',
      ],
      [
        'an error that ends',
        { ...ALWAYS, latestSeconds: 600 },
        'batch from the smallest window on (1 to 10 minutes within the error)',
      ],
    ])('says whether either does: %s', (_, found, text) => {
      expect(answerOf(found, open)).toBe(text);
    });

    it('still names the batch where one window falls to it', () => {
      expect(answerOf(ALWAYS, [...open, ...WINDOWS])).toBe('batch from the smallest window on');
    });
  });

  it('names the batching window of the example, once', () => {
    const batching = streamChoice({ batchingWindowSeconds: 60 });
    const windows = [60, 300].map((windowSeconds) => judged(batching, batchChoice(), windowSeconds));
    const example = 'At 5 minutes, streaming with a batching window of 60 s costs';
    expect(writeSentence(SCENARIO, SURE, windows)).toContain(`stream below 7 minutes, batch from there on. ${example}`);
    expect(writeSentence(SCENARIO, NEVER, windows)).toContain(`stream at every window up to a day. ${example}`);
  });

  it('names a size of batches that is not the one deployed, wherever it names what is to be set', () => {
    const filled = { batchingWindowSeconds: 60, batchSize: 10_000 };
    const windows = [60, 300].map((windowSeconds) => judged(streamChoice(filled), batchChoice(), windowSeconds));
    const setting = 'At 5 minutes, streaming with a batching window of 60 s and 10,000 records a batch costs';
    expect(writeSentence(SCENARIO, SURE, windows)).toContain(setting);
    const differing = [judged(streamChoice(), batchChoice(), 60), judged(streamChoice(filled), batchChoice(), 300)];
    expect(writeSentence(SCENARIO, SURE, differing)).toContain(setting);
    const deployed = { ...SCENARIO, deployment: { ...SCENARIO.deployment, batchSize: 10_000 } };
    expect(writeSentence(deployed, SURE, windows)).toContain('streaming with a batching window of 60 s costs');
  });

  it('names the batching window of the example where windows differ', () => {
    const windows = [
      judged(streamChoice({ batchingWindowSeconds: 60 }), batchChoice(), 60),
      judged(streamChoice({ batchingWindowSeconds: 300 }), batchChoice(), 300),
    ];
    expect(answerOf(SURE, windows)).toBe('stream below 7 minutes, batch from there on');
    expect(writeSentence(SCENARIO, SURE, windows)).toContain(
      'At 5 minutes, streaming with a batching window of 300 s costs',
    );
  });

  it.each([
    [62.35, 'costs 2.35 USD a month more'],
    [58, 'costs 2.00 USD a month less'],
    [60.009, 'costs the same'],
    [59.991, 'costs the same'],
    [1_060, 'costs 1,000.00 USD a month more'],
  ])('compares %d USD of streaming with 60', (costUsd, text) => {
    expect(exampleOf(streamChoice({ costUsd }))).toContain(`streaming ${text}. It shows`);
  });

  it('says what comes as soon, and what comes later', () => {
    const batch = batchChoice({ freshnessSeconds: 1.04, finalitySeconds: 7 });
    expect(exampleOf(streamChoice(), batch)).toContain(
      'shows counts at the same time and final windows 10 seconds later',
    );
  });

  it('says what is impossible in place of a comparison', () => {
    const text = '1 shard is filled to 200 %';
    const [stream, batch] = [impossible(streamChoice()), impossible(batchChoice())];
    expect(exampleOf(streamChoice(), batch)).toBe(`At 5 minutes, batch is impossible: ${text}.`);
    expect(exampleOf(streamChoice({ batchingWindowSeconds: 60 }), batch)).toBe(
      `At 5 minutes, batch is impossible: ${text}. Streaming works with a batching window of 60 s.`,
    );
    expect(exampleOf(stream, batchChoice())).toBe(`At 5 minutes, streaming is impossible: ${text}.`);
    expect(exampleOf(stream, batch)).toBe(`At 5 minutes, streaming is impossible, as ${text}, and batch, as ${text}.`);
  });

  it.each<[string, ThresholdBand, string]>([
    ['never', NEVER, 'neither, as both are impossible as deployed'],
    ['always', ALWAYS, 'batch from 1 minute on; streaming is impossible as deployed'],
    [
      'for a while',
      { ...SURE, streamAgainSeconds: 7_200 },
      'batch from 7 minutes up to 2 hours; streaming is impossible as deployed',
    ],
  ])('advises no streaming that is impossible: a batch %s', (_, found, text) => {
    expect(answerOf(found, [judged(impossible(streamChoice()), batchChoice())])).toBe(text);
  });

  it.each<[string, ThresholdBand, number[], string]>([
    ['5 minutes where they are judged', SURE, [60, 300, 360], 'At 5 minutes, '],
    ['else the largest that is streamed', SURE, [60, 360, 900], 'At 6 minutes, '],
    ['else the smallest', SURE, [1_800, 900], 'At 15 minutes, '],
    ['the largest where all are streamed', NEVER, [900, 1_800], 'At 30 minutes, '],
  ])('compares at %s', (_, found, windowsSeconds, text) => {
    const windows = windowsSeconds.map((windowSeconds) => judged(streamChoice(), batchChoice(), windowSeconds));
    expect(writeSentence(SCENARIO, found, windows)).toContain(`. ${text}`);
  });

  it('ends with the answer where no window is judged', () => {
    expect(writeSentence(SCENARIO, SURE, [])).toMatch(/: stream below 7 minutes, batch from there on\.$/);
  });

  it('names memory that is more than what is deployed, once', () => {
    const more = { memoryMb: 1_769, memoryRaised: true };
    const windows = [300, 600].map((seconds) => judged(streamChoice(), batchChoice(more), seconds));
    expect(answerOf(SURE, windows)).toBe('stream below 7 minutes, batch with 1,769 MB from there on');
    expect(answerOf(ALWAYS, windows)).toBe('batch with 1,769 MB from the smallest window on');
    expect(writeSentence(SCENARIO, SURE, windows).match(/1,769 MB/g)).toHaveLength(1);
    // No window falls to the batch: it is named where it is compared
    expect(writeSentence(SCENARIO, NEVER, windows)).toMatch(
      /: stream at every window up to a day\. At 5 minutes, streaming costs the same as batch with 1,769 MB\. It shows /,
    );
    expect(exampleOf(streamChoice({ costUsd: 61 }), batchChoice(more))).toMatch(
      /^At 5 minutes, streaming costs 1.00 USD a month more than batch with 1,769 MB\. It shows /,
    );
    const streamed = [judged(streamChoice({ ...more, batchingWindowSeconds: 60 }), batchChoice())];
    expect(answerOf(NEVER, streamed)).toBe('stream with 1,769 MB at every window up to a day');
    expect(wordsOf(SCENARIO, NEVER, streamed).example).toMatch(
      /^ At 5 minutes, streaming with a batching window of 60 s /,
    );
  });
});
