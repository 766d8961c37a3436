import type { LoadSize } from '#bench/experiments/observations.ts';
import type { MappingSettings } from '#bench/run-settings.ts';
import type { Correctness, PathCorrectness } from '#bench/verify/correctness.ts';
import type { Settings } from '#functions/contract.ts';
import { BOTH_PATHS, type Path } from '#functions/contract.ts';
import type { Distribution } from '#model/statistics/percentiles.ts';
import type { PathFigures, PathReport, Slice } from './path-report.ts';
import type {
  BatchingWindowReport,
  BatchReport,
  CalibrationReport,
  CatchUpReport,
  DrainReport,
  RepeatReport,
  RunReport,
} from './phase-reports.ts';
import {
  ANY_NUMBER,
  type FieldShapes,
  FLAG,
  fieldsOf,
  listOf,
  objectOf,
  oneOf,
  orNull,
  type Shape,
  TEXT,
  within,
} from './shape.ts';

const NUMBER_OR_NULL = orNull(ANY_NUMBER);
const DAY_MS = 86_400_000;

/** The same of both paths. */
export function ofBothPaths<T>(shape: Shape<T>): Shape<Record<Path, T>> {
  return objectOf<Record<Path, T>>(fieldsOf(BOTH_PATHS, shape));
}

export const RUN = objectOf<RunReport>({ id: TEXT, startedAt: TEXT, endedAt: TEXT, durationMs: ANY_NUMBER });

export const SETTINGS = objectOf<Settings>({
  windowMs: within(1, DAY_MS),
  boundMs: within(0, DAY_MS),
  marginMs: within(0, DAY_MS),
  maxFutureSkewMs: within(0, DAY_MS),
  idleTimeoutMs: within(0, DAY_MS),
  latePolicy: oneOf(['count', 'drop']),
});

export const MAPPING = objectOf<MappingSettings>({ batchSize: ANY_NUMBER, batchingWindowSeconds: ANY_NUMBER });

export const DISTRIBUTION = objectOf<Distribution>(fieldsOf(['p50', 'p95', 'p99', 'max', 'mean', 'count'], ANY_NUMBER));

const LOAD_SIZE = objectOf<LoadSize>(fieldsOf(['events', 'records', 'bytes', 'lines'], ANY_NUMBER));

const PATH_CORRECTNESS = objectOf<PathCorrectness>({
  exact: FLAG,
  ...fieldsOf(
    [
      'counted',
      'missing',
      'surplus',
      'quarantined',
      'late',
      'dropped',
      'afterFinal',
      'discarded',
      'expired',
      'unread',
      'unexplained',
    ],
    ANY_NUMBER,
  ),
  examples: listOf(objectOf<PathCorrectness['examples'][number]>({ key: TEXT, sent: ANY_NUMBER, counted: TEXT })),
});

export const CORRECTNESS = objectOf<Correctness>({
  exact: FLAG,
  ...fieldsOf(['sentLines', 'sentEvents', 'sentMalformed'], ANY_NUMBER),
  pathsAgree: FLAG,
  ...fieldsOf(BOTH_PATHS, PATH_CORRECTNESS),
});

const PATH_FIGURES: FieldShapes<PathFigures> = {
  ...fieldsOf(['freshnessMs', 'endToEndMs', 'finalityMs'], orNull(DISTRIBUTION)),
  ...fieldsOf(['events', 'invocations', 'rowsWritten', 'rowsFinal', 'cpuMs'], ANY_NUMBER),
  billedDurationMs: NUMBER_OR_NULL,
};

const SLICE = objectOf<Slice>({
  ...fieldsOf(['fromMs', 'toMs', 'events', 'rowsWritten', 'cpuMs', 'invocations'], ANY_NUMBER),
  freshnessMs: orNull(DISTRIBUTION),
});

const TABLE = objectOf<PathReport['tables']['byHost']>({ rows: ANY_NUMBER, digest: TEXT });

export const PATH = objectOf<PathReport>({
  ...PATH_FIGURES,
  freshnessCdf: listOf(ANY_NUMBER),
  slices: listOf(SLICE),
  ...fieldsOf(['openWindows', 'reportedInvocations', 'commits', 'readWaitMs', 'databaseWaitMs'], ANY_NUMBER),
  ...fieldsOf(['failedInvocations', 'coldStarts', 'durationMs', 'maxMemoryMb'], NUMBER_OR_NULL),
  reportsMissing: orNull(TEXT),
  coldStartsAtMs: listOf(ANY_NUMBER),
  tables: objectOf<PathReport['tables']>({ byHost: TABLE, bySource: TABLE }),
  quarantine: listOf(
    objectOf<PathReport['quarantine'][number]>({
      ...fieldsOf(['shardId', 'sequenceNumber', 'reason', 'head'], TEXT),
      position: ANY_NUMBER,
      ...fieldsOf(['expected', 'nextStep'], orNull(TEXT)),
    }),
  ),
});

export const REPEAT = objectOf<RepeatReport>({ run: RUN, exact: FLAG, paths: ofBothPaths(objectOf(PATH_FIGURES)) });

export const CALIBRATION = objectOf<CalibrationReport>({
  exact: FLAG,
  correctness: CORRECTNESS,
  load: LOAD_SIZE,
  invocations: ofBothPaths(ANY_NUMBER),
});

const PREDICTED = fieldsOf(['cpuMs', 'rowsWritten'], ANY_NUMBER);

const PHASE = {
  ...fieldsOf(
    [
      'invocations',
      'events',
      'records',
      'rowsWritten',
      'rowsFresh',
      'cpuMs',
      'readWaitMs',
      'databaseWaitMs',
      'durationMs',
    ],
    ANY_NUMBER,
  ),
  maxMemoryMb: NUMBER_OR_NULL,
  predicted: objectOf<BatchReport['predicted']>(PREDICTED),
};

const BATCH = objectOf<BatchReport>({ ...PHASE, ...fieldsOf(['billedDurationMs', 'initMs'], NUMBER_OR_NULL) });

export const DRAIN = objectOf<DrainReport>({
  windowMs: within(1, DAY_MS),
  settings: SETTINGS,
  load: LOAD_SIZE,
  mapping: MAPPING,
  shards: ANY_NUMBER,
  exact: FLAG,
  correctness: CORRECTNESS,
  coldCorrectness: PATH_CORRECTNESS,
  cold: orNull(BATCH),
  warm: BATCH,
  catchUp: objectOf<CatchUpReport>({ ...PHASE, ...fieldsOf(['mappingMs', 'eventsPerSecond'], ANY_NUMBER) }),
});

export const BATCHING_WINDOW = objectOf<BatchingWindowReport>({
  batchingWindowSeconds: ANY_NUMBER,
  mapping: MAPPING,
  shards: ANY_NUMBER,
  settings: SETTINGS,
  durationMs: ANY_NUMBER,
  load: LOAD_SIZE,
  exact: FLAG,
  correctness: PATH_CORRECTNESS,
  path: objectOf(PATH_FIGURES),
  coldStarts: ANY_NUMBER,
  predicted: objectOf<BatchingWindowReport['predicted']>({
    ...PREDICTED,
    ...fieldsOf(['invocations', 'freshnessMs'], ANY_NUMBER),
  }),
});
