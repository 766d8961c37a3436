import { AGGREGATION_NAMES, type QuarantineRow } from '#functions/contract.ts';
import { DISTRIBUTION } from '#model/statistics/percentiles.ts';
import {
  described,
  extend,
  type Infer,
  listOf,
  number,
  object,
  orNull,
  record,
  type Schema,
  text,
} from '#text/schema.ts';

/** The figures of a path in the live run, in each repeat of it, and at each batching window. */
export const PATH_FIGURES = object(
  {
    freshnessMs: orNull(
      described(
        DISTRIBUTION,
        'commit − arrival, over counted events, from the ledger’s histograms. A bucket counts as its middle, so a value is off by at most half a bucket, which is 1 ms wide and doubles while a batch has more than 512 of them',
      ),
      'nothing was counted',
    ),
    endToEndMs: orNull(
      described(
        DISTRIBUTION,
        'commit − **intended** send time, over sent events, so a load that stalls cannot hide the wait. In a record of several events the intended time is that of its first line. Events that were dropped as late are included, with the commit that dropped them',
      ),
      'nothing was committed',
    ),
    finalityMs: orNull(
      described(
        DISTRIBUTION,
        'time from a window’s end to the first commit that proves the path’s watermark at or behind that end, over windows that began with the load or later',
      ),
      'a replay, a load of past events (its windows ended long ago), or no window became final',
    ),
    events: number('events', 'events counted, by the ledger'),
    invocations: number(
      'invocations',
      'invocations on the run’s stream that committed or wrote a line to the log; failed ones are included',
    ),
    rowsWritten: number('rows', 'rows inserted and updated in both tables, by the ledger'),
    rowsFinal: number('rows', 'rows in both tables at the end'),
    cpuMs: number(
      'ms',
      'CPU of the functions’ processes, by the ledger, from the handler’s start to just before the statement',
    ),
    billedDurationMs: orNull(
      number('ms', 'sum over the reported invocations and their INIT, each rounded up to a whole millisecond'),
      'the platform reported no invocation',
    ),
  },
  'path figures',
);
export type PathFigures = Infer<typeof PATH_FIGURES>;

/** One tenth of the load. An invocation counts in each tenth by its share of events. */
const SLICE = object({
  fromMs: number('ms', 'begin of the tenth, since the load’s start'),
  toMs: number('ms', 'end of the tenth, since the load’s start'),
  freshnessMs: orNull(
    described(DISTRIBUTION, 'commit − arrival, over the events that arrived in the tenth'),
    'nothing arrived',
  ),
  events: number('events', 'events that arrived in the tenth'),
  rowsWritten: number('rows', 'rows written for these events; may be a fraction'),
  cpuMs: number('ms', 'CPU for these events'),
  invocations: number('invocations', 'invocations for these events; may be a fraction'),
});
export type Slice = Infer<typeof SLICE>;

const TABLE = object({
  rows: number('rows', 'rows at the end'),
  digest: text('SHA-256 in hex over the rows in key order; equal digests are equal tables'),
});

const QUARANTINED_LINE = object({
  shardId: text('shard'),
  sequenceNumber: text('sequence number of the line’s record'),
  position: number('', 'number of the line in its record, from 1'),
  reason: text('why the line is in quarantine'),
  expected: orNull(text('expected content'), 'a reason that is not described'),
  nextStep: orNull(text('how to mend the line'), 'a reason that is not described'),
  head: text('first 200 bytes of the line, in base64'),
} satisfies { [Name in keyof QuarantineRow]: Schema<QuarantineRow[Name]> });

const NOTHING_REPORTED = 'the platform reported no invocation';

/** A path in the live run that is shown in full. */
export const PATH_REPORT = extend(
  PATH_FIGURES,
  {
    freshnessCdf: listOf(
      number('ms'),
      '101 quantiles of `freshnessMs`, from the least (0 %) to the greatest (100 %); empty where nothing was counted',
    ),
    slices: listOf(
      SLICE,
      'the measured load in ten parts of equal length, by arrival. An invocation counts in each part by its share of events. The tail of a live load is excluded',
    ),
    openWindows: number(
      'windows',
      'windows with counts that no statement proved final, those that began before the load included',
    ),
    reportedInvocations: number(
      'invocations',
      'invocations that the platform reported; the next four figures and `billedDurationMs` are sums over these',
    ),
    failedInvocations: orNull(
      number('invocations', 'invocations that ended in an error or a timeout; they are tried again'),
      NOTHING_REPORTED,
    ),
    coldStarts: orNull(number('invocations', 'invocations that waited for a new environment'), NOTHING_REPORTED),
    durationMs: orNull(number('ms', 'sum of the durations, without INIT'), NOTHING_REPORTED),
    maxMemoryMb: orNull(number('MB', 'greatest memory of an invocation'), NOTHING_REPORTED),
    reportsMissing: orNull(text('why `reportedInvocations` is less than `invocations`'), 'the two are equal'),
    coldStartsAtMs: listOf(
      number('ms'),
      'start of each committed invocation of a new environment, since `load.startedAt`; below 0 if earlier',
    ),
    commits: number('statements', 'statements that committed: rows of the ledger'),
    readWaitMs: number('ms', 'time spent waiting for the stream; 0 on the micro-batch path, whose mapping reads'),
    databaseWaitMs: number(
      'ms',
      'time spent waiting for the database: connections, queries, pauses before a retry, and the commit’s statement until its ledger row',
    ),
    tables: record(AGGREGATION_NAMES, TABLE),
    quarantine: listOf(QUARANTINED_LINE, 'the first 20 quarantined lines, by shard and position in the stream'),
  },
  'path',
);
export type PathReport = Infer<typeof PATH_REPORT>;
