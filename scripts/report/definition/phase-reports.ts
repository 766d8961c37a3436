import { LOAD_SIZE } from '#bench/experiments/observations.ts';
import { MAPPING_SETTINGS, SETTINGS } from '#bench/run-settings.ts';
import { CORRECTNESS, PATH_CORRECTNESS } from '#bench/verify/correctness.ts';
import { ofBothPaths } from '#model/deployment.ts';
import { PHASE_PREDICTION } from '#model/timing/predict-phase.ts';
import { described, extend, flag, type Infer, number, object, orNull, text } from '#text/schema.ts';
import { PATH_FIGURES } from './path-report.ts';

/** A live run. A benchmark makes several, one after the other. */
export const RUN_REPORT = object(
  {
    id: text('run id of 8 lowercase letters and digits; it appears in the names of stream, schemas and folder'),
    startedAt: text('instant before the run’s stream was created'),
    endedAt: text('instant after both paths’ tables were read and compared'),
    durationMs: number('ms', 'time from start to end: preparation, load, draining, verification'),
  },
  'run',
);
export type RunReport = Infer<typeof RUN_REPORT>;

/** One live run of several with the same options. */
export const REPEAT_REPORT = object(
  {
    run: described(RUN_REPORT, 'id and times of the run'),
    exact: flag('both paths of this run were exact'),
    paths: ofBothPaths(described(PATH_FIGURES, 'figures of each path')),
  },
  'repeat',
);
export type RepeatReport = Infer<typeof REPEAT_REPORT>;

/** The calibration: batches of many sizes with one path at a time. The model is fitted to them. */
export const CALIBRATION_REPORT = object(
  {
    exact: flag('both paths were exact'),
    correctness: described(CORRECTNESS, 'correctness of both paths'),
    load: described(LOAD_SIZE, 'size of the load that was sent'),
    invocations: ofBothPaths(number('invocations', 'committed invocations')),
  },
  'calibration',
);
export type CalibrationReport = Infer<typeof CALIBRATION_REPORT>;

/** Sums over the ledger's rows of a phase, beside the model's prediction of them. */
const PHASE_FIGURES = object({
  invocations: number('invocations', 'committed invocations'),
  events: number('events', 'events counted'),
  records: number('records', 'records read'),
  rowsWritten: number('rows', 'rows inserted and updated'),
  rowsFresh: number('rows', 'rows inserted'),
  cpuMs: number('ms', 'CPU of the functions'),
  readWaitMs: number('ms', 'time spent waiting for the stream'),
  databaseWaitMs: number('ms', 'time spent waiting for the database'),
  maxMemoryMb: orNull(number('MB', 'greatest memory of an invocation'), 'the platform reported no invocation'),
  predicted: described(
    PHASE_PREDICTION,
    'prediction of a model that was fitted to all phases **but this one**. It is given the number of invocations, which of them were cold, and the events and records of each. If nothing else could be fitted, the standard parameters predict',
  ),
});

/** One run of the scheduled batch over a whole window, however many invocations it took. */
export const BATCH_REPORT = extend(
  PHASE_FIGURES,
  {
    durationMs: number('ms', 'time from the first call to the last answer, measured by the caller'),
    billedDurationMs: orNull(number('ms', 'billed duration'), 'the platform did not report all of it'),
    initMs: orNull(
      number('ms', 'INIT of its environments'),
      'the platform did not report all of it, or no environment was started',
    ),
  },
  'batch',
);
export type BatchReport = Infer<typeof BATCH_REPORT>;

/** The micro-batch path on a stream that was full before it began. */
const CATCH_UP_REPORT = extend(
  PHASE_FIGURES,
  {
    durationMs: number('ms', 'time from the first invocation’s start to the last commit'),
    mappingMs: number('ms', 'time from the request for the mapping to the first invocation’s start'),
    eventsPerSecond: number(
      'events/s',
      'throughput. Events that were read before the first invocation began are in no duration, so a catch-up of less than 2 s gives no valid throughput',
    ),
  },
  'catch-up',
);
export type CatchUpReport = Infer<typeof CATCH_UP_REPORT>;

/** Shortest catch-up with a valid throughput, ms. In a shorter one, most events are read before any duration begins. */
const LEAST_CATCH_UP_MS = 2_000;

/** Throughput, events/s; null if the catch-up was too short to measure it. */
export function sustainedPerSecond({
  eventsPerSecond,
  durationMs,
}: Pick<CatchUpReport, 'eventsPerSecond' | 'durationMs'>): number | null {
  return durationMs < LEAST_CATCH_UP_MS ? null : eventsPerSecond;
}

/** One window's load, counted by one path at a time: by the batch, then by the micro-batch path catching up. */
export const DRAIN_REPORT = object(
  {
    windowMs: SETTINGS.entries.windowMs,
    settings: described(SETTINGS, 'settings of both paths'),
    load: described(LOAD_SIZE, 'the window’s load: from window start + lag to window end + lag (lag: bound + margin)'),
    mapping: described(MAPPING_SETTINGS, 'settings of the mapping'),
    shards: number('shards', 'shards of its stream'),
    exact: flag('both paths were exact, and both batches where there were two'),
    correctness: described(CORRECTNESS, 'correctness of both paths’ tables at the end'),
    coldCorrectness: described(
      PATH_CORRECTNESS,
      'correctness of the first batch’s tables, which were emptied after it',
    ),
    cold: orNull(described(BATCH_REPORT, 'the batch in a new environment'), 'the target cannot be made to start one'),
    warm: described(BATCH_REPORT, 'the batch in an environment that has run before'),
    catchUp: described(
      CATCH_UP_REPORT,
      'the micro-batch path on the same events, which were all in the stream before it began',
    ),
  },
  'drain',
);
export type DrainReport = Infer<typeof DRAIN_REPORT>;

/** The micro-batch path alone at the live run's rate, with another batching window. */
export const BATCHING_WINDOW_REPORT = object(
  {
    batchingWindowSeconds: number('s', 'longest time that the mapping waits to fill a batch'),
    mapping: described(MAPPING_SETTINGS, 'settings of the mapping'),
    shards: number('shards', 'shards of its stream'),
    settings: described(SETTINGS, 'settings of the path'),
    durationMs: number('ms', 'length of the load, its tail included'),
    load: described(LOAD_SIZE, 'size of the load that was sent'),
    exact: flag('the path was exact'),
    correctness: described(PATH_CORRECTNESS, 'correctness of the micro-batch path'),
    path: described(PATH_FIGURES, 'figures of the micro-batch path'),
    coldStarts: number('invocations', 'invocations of a new environment, by the ledger'),
    predicted: extend(PHASE_PREDICTION, {
      invocations: number('invocations', 'number of invocations'),
      freshnessMs: number('ms', 'mean freshness, for the core that the functions had and an awake database as on AWS'),
    }),
  },
  'batching window',
);
export type BatchingWindowReport = Infer<typeof BATCHING_WINDOW_REPORT>;
