import { describe, expect, it } from 'vitest';
import { defaultDeployment } from '#model/deployment.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import { findReason } from '#model/verdict/reason.ts';
import { createScenario, prepareScenario, type Scenario } from '#model/verdict/scenario.ts';
import type { WindowVerdict } from '#model/verdict/verdict.ts';
import { sayReason } from '#report/words/reason.ts';
import { ONE_KEY } from '#test/unit/scripts/model/timing/one-key.ts';
import { batchChoice, impossible, judged, streamChoice } from '#test/unit/scripts/model/verdict/choices.ts';

const SCENARIO = createScenario({ workload: ONE_KEY });
const explain = (verdict: WindowVerdict, given: Partial<Scenario> = {}): string =>
  sayReason(given.reader ?? SCENARIO.reader, {
    ...verdict,
    reason: findReason(STANDARD_MODEL, prepareScenario({ ...SCENARIO, ...given }), verdict),
  });

describe('sayReason', () => {
  it('names the sleep of the database, where that is the largest term', () => {
    const batch = batchChoice({ costUsd: 47.6, objectiveUsd: 47.6, awakeShare: 0.55 });
    expect(explain(judged(streamChoice(), batch, 3_600))).toBe(
      'batch is 12.40 USD a month cheaper: its database sleeps 45 % of the time',
    );
  });

  it.each([
    [0.996, 'more than 99 %'],
    [1, '100 %'],
    [0.994, '99 %'],
  ])('rounds a sleep of %d to %s', (share, text) => {
    const batch = batchChoice({ costUsd: 47.6, objectiveUsd: 47.6, awakeShare: 1 - share });
    expect(explain(judged(streamChoice(), batch, 3_600))).toContain(`sleeps ${text} of the time`);
  });

  it('names the largest term that differs, with both figures', () => {
    const stream = streamChoice({ costUsd: 50, objectiveUsd: 50 });
    const always = { ...defaultDeployment('both'), regime: 'always-on' as const };
    // endpoint zones: 1 × 730 h × 0.01 beside 2
    expect(explain(judged(stream, batchChoice()), { deployment: always })).toBe(
      'streaming is 10.00 USD a month cheaper: Kinesis endpoint 7.30 instead of 14.60 USD',
    );
  });

  it('tells reading the secret from the secret, which both pay for', () => {
    const idle = { ...ONE_KEY, eventsPerSecond: 0 };
    const elsewhere = { ...defaultDeployment('both'), regime: 'shared' as const };
    const batch = batchChoice({ costUsd: 59.9, objectiveUsd: 59.9 });
    // 14 alarm metrics beside 11, at 0.10: without a database of its own, each path has one less
    expect(explain(judged(streamChoice(), batch, 3_600), { workload: idle, deployment: elsewhere })).toBe(
      'batch is 0.10 USD a month cheaper: alarms 1.10 instead of 1.40 USD',
    );
  });

  it('says that what comes sooner is worth more than it costs', () => {
    const stream = streamChoice({ costUsd: 63.1, objectiveUsd: 64 });
    const batch = batchChoice({ objectiveUsd: 217 });
    expect(explain(judged(stream, batch), { freshnessUsd: 60 })).toBe(
      'streaming shows counts 2.6 minutes sooner, worth more than the 3.10 USD a month it costs',
    );
  });

  it('says it of final windows to their readers', () => {
    const stream = streamChoice({ costUsd: 63.1, delaySeconds: 17, objectiveUsd: 64 });
    const batch = batchChoice({ delaySeconds: 77, objectiveUsd: 217 });
    expect(explain(judged(stream, batch), { freshnessUsd: 60, reader: 'final' })).toMatch(
      /^streaming shows final windows 1 minute sooner, /,
    );
  });

  it('says that a saving is more than what comes sooner is worth', () => {
    const batch = batchChoice({ costUsd: 47.6, objectiveUsd: 50.2, awakeShare: 0.55 });
    expect(explain(judged(streamChoice(), batch, 3_600), { freshnessUsd: 1 })).toBe(
      'batch is 12.40 USD a month cheaper, more than counts 2.6 minutes sooner are worth: ' +
        'its database sleeps 45 % of the time',
    );
  });

  it('leaves the cost out where it is the same', () => {
    const batch = batchChoice({ costUsd: 60.004, objectiveUsd: 62 });
    expect(explain(judged(streamChoice(), batch))).toBe(
      'both cost the same, and streaming shows counts 2.6 minutes sooner',
    );
  });

  it('gives the range where the error leaves it open', () => {
    const open = { ...judged(streamChoice(), batchChoice({ objectiveUsd: 59.6 })), decision: 'either' as const };
    expect(explain({ ...open, lowUsd: -2.5, highUsd: 1.2 })).toBe(
      'within the error: batch is 0.40 USD a month better, but may be -1.20 to 2.50',
    );
    const other = { ...judged(streamChoice(), batchChoice({ objectiveUsd: 60.4 })), decision: 'either' as const };
    expect(explain({ ...other, lowUsd: -1, highUsd: 3 }, { freshnessUsd: 1 })).toBe(
      'within the error: streaming is 0.40 USD a month better, with the value of freshness, but may be -1.00 to 3.00',
    );
  });

  it('names the limit of what is impossible', () => {
    const text = '1 shard is filled to 200 %';
    const [stream, batch] = [impossible(streamChoice()), impossible(batchChoice())];
    expect(explain(judged(streamChoice(), batch))).toBe(`batch is impossible: ${text}`);
    expect(explain(judged(stream, batchChoice()))).toBe(`streaming is impossible: ${text}`);
    expect(explain(judged(stream, batch))).toBe(`both are impossible: streaming, as ${text}; batch, as ${text}`);
  });

  it('names memory that is more than what is deployed, of the winner, of the loser and of what is left', () => {
    const more = { memoryMb: 1_769, memoryRaised: true };
    const cheap = batchChoice({ ...more, costUsd: 47.6, objectiveUsd: 47.6, awakeShare: 0.55 });
    expect(explain(judged(streamChoice(), cheap, 3_600))).toBe(
      'batch with 1,769 MB is 12.40 USD a month cheaper: its database sleeps 45 % of the time',
    );
    const stream = streamChoice({ objectiveUsd: 50 });
    expect(explain(judged(stream, batchChoice({ ...more, objectiveUsd: 62 })))).toBe(
      'both cost the same, and streaming shows counts 2.6 minutes sooner (batch with 1,769 MB)',
    );
    expect(explain(judged(impossible(streamChoice()), cheap))).toBe(
      'streaming is impossible: 1 shard is filled to 200 % (batch with 1,769 MB)',
    );
  });
});
