import { PATH_NAMES } from '#functions/contract.ts';
import { described, flag, type Infer, listOf, number, object, oneOf, orNull } from '#text/schema.ts';
import { LIMIT } from '../limits/limit.ts';

/** What an invocation's time depends on, each in its own way. */
export const EXTRAPOLATED = ['events', 'records', 'rows'] as const;
export type Extrapolated = (typeof EXTRAPOLATED)[number];

/** One path with one setting at one window, as if it were deployed alone: what it costs, and what it gives. */
export const CHOICE = object(
  {
    path: oneOf(PATH_NAMES, 'which path'),
    windowSeconds: number('s', 'window'),
    batchingWindowSeconds: orNull(number('s', 'batching window of the mapping'), 'the scheduled batch'),
    batchSize: orNull(number('records', 'most records in a micro-batch'), 'the scheduled batch'),
    fullAfterSeconds: orNull(
      number('s', 'time in which a shard fills a micro-batch, whatever the batching window'),
      'the scheduled batch, or a load without events',
    ),
    batchIntervalSeconds: orNull(number('s', 'how often the scheduled batch runs'), 'the micro-batch path'),
    costUsd: number('USD/month', 'sharedUsd + fixedUsd + variableUsd'),
    sharedUsd: number('USD/month', 'cost of what either path needs'),
    fixedUsd: number('USD/month', 'cost of this path without events'),
    variableUsd: number('USD/month', 'cost of this path that grows with the load'),
    awakeShare: number('0–1', 'share of the time that the database is awake'),
    freshnessSeconds: number('s', 'mean of commit − arrival'),
    finalitySeconds: number('s', 'mean of final − window end'),
    delaySeconds: number('s', 'the one of the two that the scenario’s reader waits for'),
    objectiveUsd: number('USD/month', 'costUsd + freshnessUsd × delay in minutes'),
    rowsWrittenPerFinalRow: number('', 'how often a row is written; 1: once'),
    heldKeys: number('keys', 'most keys that an invocation holds in memory'),
    invocationsPerMonth: number('invocations', 'idle ticks included'),
    eventsPerInvocation: number('events', 'mean over counting invocations; idle ticks are excluded'),
    recordsPerInvocation: number('records', 'the same of records'),
    rowsPerInvocation: number('rows', 'the same of rows written'),
    extrapolation: number(
      '×',
      'events, records or rows of an invocation beside the most that was fitted, the greatest of the three; 1: within what was fitted, or nothing was fitted',
    ),
    extrapolatedIn: orNull(oneOf(EXTRAPOLATED, 'which of the three is the greatest'), 'within what was fitted'),
    shards: number('shards', 'shards that the load needs'),
    memoryMb: number('MB', 'memory of each of its functions'),
    memoryRaised: flag('whether that is more than is deployed, which would not do'),
    limits: listOf(LIMIT, 'limits that the path comes near'),
    possible: flag('false: the path cannot work so'),
  },
  'choice',
);
export type Choice = Infer<typeof CHOICE>;

export const DECISIONS = ['stream', 'batch', 'either'] as const;
export type Decision = (typeof DECISIONS)[number];

/** The two choices that a window decides between. */
export type Side = Exclude<Decision, 'either'>;

/** One window: the best setting of streaming, the batch, and which of the two is better. */
export const JUDGED_WINDOW = object({
  windowSeconds: number('s', 'window'),
  stream: described(CHOICE, 'the best setting of the micro-batch path'),
  batch: described(CHOICE, 'the scheduled batch'),
  decision: oneOf(
    DECISIONS,
    'which is better; `either`: the difference is within the error, or neither path is possible',
  ),
  differenceUsd: number('USD/month', 'objective of the batch − that of streaming; above 0 streaming is better'),
  lowUsd: number('USD/month', 'least difference within the uncertainty of the inputs'),
  highUsd: number('USD/month', 'greatest difference'),
});
export type JudgedWindow = Infer<typeof JUDGED_WINDOW>;
