import { PATH_NAMES } from '#functions/contract.ts';
import { described, flag, type Infer, listOf, number, object, oneOf, orNull } from '#text/schema.ts';
import { LIMIT } from '../limits/limit.ts';

/** Sizes of an invocation that its time depends on; the fit covers a range of each. */
export const EXTRAPOLATED = ['events', 'records', 'rows'] as const;
export type Extrapolated = (typeof EXTRAPOLATED)[number];

/** Cost, delays and limits of one path with one setting at one window, deployed alone. */
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
    delaySeconds: number('s', 'delay of the scenario’s reader: freshness for `partial`, finality for `final`'),
    objectiveUsd: number('USD/month', 'costUsd + freshnessUsd × delay in minutes'),
    rowsWrittenPerFinalRow: number('', 'mean number of writes per final row; 1: each row is written once'),
    heldKeys: number('keys', 'most keys that an invocation holds in memory'),
    invocationsPerMonth: number('invocations/month', 'number of invocations, idle ticks included'),
    eventsPerInvocation: number('events', 'mean over counting invocations; idle ticks are excluded'),
    recordsPerInvocation: number('records', 'mean records of a counting invocation'),
    rowsPerInvocation: number('rows', 'mean rows written by a counting invocation'),
    extrapolation: number(
      '×',
      'factor by which an invocation exceeds the fitted range: the greatest of the factors for events, records and rows. 1: within the range, or nothing was fitted',
    ),
    extrapolatedIn: orNull(oneOf(EXTRAPOLATED, 'size with the greatest factor'), 'within the fitted range'),
    shards: number('shards', 'shards that the load needs'),
    memoryMb: number('MB', 'memory of each function of the path'),
    memoryRaised: flag('true: the path needs more memory than is deployed, so it is priced with more'),
    limits: listOf(LIMIT, 'limits that the path comes near'),
    possible: flag('false: the path cannot work with this setting'),
  },
  'choice',
);
export type Choice = Infer<typeof CHOICE>;

export const DECISIONS = ['stream', 'batch', 'either'] as const;
export type Decision = (typeof DECISIONS)[number];

/** The two choices that a window decides between. */
export type Side = Exclude<Decision, 'either'>;

/** One window with the best setting of streaming, the batch, and the better of the two. */
export const JUDGED_WINDOW = object({
  windowSeconds: number('s', 'window'),
  stream: described(CHOICE, 'the best setting of the micro-batch path'),
  batch: described(CHOICE, 'the scheduled batch'),
  decision: oneOf(
    DECISIONS,
    'the better path; `either`: the difference is within the error, or neither path is possible',
  ),
  differenceUsd: number('USD/month', 'objective of the batch − that of streaming; above 0 streaming is better'),
  lowUsd: number('USD/month', 'least difference within the uncertainty of the inputs'),
  highUsd: number('USD/month', 'greatest difference within the uncertainty of the inputs'),
});
export type JudgedWindow = Infer<typeof JUDGED_WINDOW>;
