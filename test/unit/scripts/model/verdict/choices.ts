import type { Limit } from '#model/limits/limit.ts';
import type { Choice } from '#model/verdict/choice.ts';
import type { WindowVerdict } from '#model/verdict/verdict.ts';

/** Choices with figures that can be read: what a test does not name is of no matter to it. */
const CHOICE: Choice = {
  path: 'micro-batch',
  windowSeconds: 300,
  batchingWindowSeconds: 0,
  batchSize: 1_000,
  fullAfterSeconds: 2,
  batchIntervalSeconds: null,
  costUsd: 60,
  sharedUsd: 20,
  fixedUsd: 30,
  variableUsd: 10,
  awakeShare: 1,
  freshnessSeconds: 1,
  finalitySeconds: 17,
  delaySeconds: 1,
  objectiveUsd: 60,
  rowsWrittenPerFinalRow: 3,
  heldKeys: 100,
  invocationsPerMonth: 2_628_000,
  eventsPerInvocation: 500,
  recordsPerInvocation: 100,
  rowsPerInvocation: 100,
  extrapolation: 1,
  extrapolatedIn: null,
  shards: 1,
  memoryMb: 1_024,
  memoryRaised: false,
  limits: [],
  possible: true,
};

export function streamChoice(given: Partial<Choice> = {}): Choice {
  return { ...CHOICE, ...given };
}

export function batchChoice(given: Partial<Choice> = {}): Choice {
  const path = 'scheduled-batch';
  const settings = { batchingWindowSeconds: null, batchSize: null, fullAfterSeconds: null, batchIntervalSeconds: 300 };
  const delays = { freshnessSeconds: 157, finalitySeconds: 18, delaySeconds: 157 };
  return { ...CHOICE, path, ...settings, ...delays, eventsPerInvocation: 150_000, ...given };
}

export const FULL_SHARDS: Limit = { id: 'shards', text: '1 shard is filled to 200 %', use: 2, possible: false };

export function impossible(choice: Choice, limit: Limit = FULL_SHARDS): Choice {
  return { ...choice, limits: [limit], possible: false };
}

/** A judged window of these two choices, without an error. */
export function judged(stream: Choice, batch: Choice, windowSeconds = 300): WindowVerdict {
  const differenceUsd = batch.objectiveUsd - stream.objectiveUsd;
  return {
    windowSeconds,
    stream: { ...stream, windowSeconds },
    batch: { ...batch, windowSeconds },
    decision: differenceUsd > 0 ? 'stream' : 'batch',
    differenceUsd,
    lowUsd: differenceUsd,
    highUsd: differenceUsd,
    reason: { kind: 'same-cost', winner: differenceUsd > 0 ? 'stream' : 'batch', soonerSeconds: 0 },
  };
}
