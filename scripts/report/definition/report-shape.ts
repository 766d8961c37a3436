import type { TimelinePoint } from '#bench/run/timeline.ts';
import { type Place, TARGET_NAMES } from '#bench/targets/target.ts';
import { MODEL, PRICES_USED, SCENARIO } from './model-shapes.ts';
import {
  BATCHING_WINDOW,
  CALIBRATION,
  CORRECTNESS,
  DISTRIBUTION,
  DRAIN,
  MAPPING,
  ofBothPaths,
  PATH,
  REPEAT,
  RUN,
  SETTINGS,
} from './phase-shapes.ts';
import { type LoadReport, type Report, SCHEMA_VERSION } from './report.ts';
import { ANY_NUMBER, ANY_OBJECT, FLAG, fieldsOf, listOf, objectOf, oneOf, orNull, TEXT } from './shape.ts';
import { REGIME_VERDICTS, RULE, RUN_COST, SENSITIVITY, VERDICT } from './verdict-shapes.ts';

const PLACE = objectOf<Place>({
  name: oneOf(TARGET_NAMES),
  ...fieldsOf(['endpoint', 'region'], orNull(TEXT)),
  ...fieldsOf(['stack', 'version'], TEXT),
  database: oneOf(['aurora', 'external', 'embedded']),
});

type Input = NonNullable<LoadReport['input']>;

const INPUT = objectOf<Input>({
  format: orNull(TEXT),
  ...fieldsOf(['linesRead', 'blankLines'], ANY_NUMBER),
  unparsed: objectOf<Input['unparsed']>({
    count: ANY_NUMBER,
    examples: listOf(
      objectOf<Input['unparsed']['examples'][number]>({ line: ANY_NUMBER, ...fieldsOf(['reason', 'text'], TEXT) }),
    ),
  }),
});

const LOAD = objectOf<LoadReport>({
  options: ANY_OBJECT,
  startedAt: TEXT,
  ...fieldsOf(
    ['measuredMs', 'records', 'lines', 'events', 'bytes', 'windows', 'earlierWindows', 'retriedEntries'],
    ANY_NUMBER,
  ),
  sendLagMs: orNull(DISTRIBUTION),
  input: orNull(INPUT),
});

const POINT = objectOf<TimelinePoint>({
  ...fieldsOf(['atMs', 'sent'], ANY_NUMBER),
  ...fieldsOf(
    ['microBatch', 'scheduledBatch'],
    orNull(objectOf<NonNullable<TimelinePoint['microBatch']>>({ counted: ANY_NUMBER, lag: listOf(ANY_NUMBER) })),
  ),
});

/** Every field of a report. That one fits says that its figures can be worked with, not that they were measured. */
export const REPORT = objectOf<Report>({
  schemaVersion: oneOf([SCHEMA_VERSION]),
  ...fieldsOf(['digest', 'tidemarkVersion'], TEXT),
  experiment: oneOf(['live', 'replay']),
  ...fieldsOf(['complete', 'exact'], FLAG),
  notMeasured: listOf(objectOf<Report['notMeasured'][number]>({ what: TEXT, why: TEXT })),
  warnings: listOf(TEXT),
  target: PLACE,
  run: RUN,
  machine: objectOf<Report['machine']>({ ...fieldsOf(['cpus', 'memoryMb'], ANY_NUMBER), platform: TEXT, node: TEXT }),
  settings: SETTINGS,
  stream: objectOf<Report['stream']>({ shards: ANY_NUMBER, mapping: MAPPING }),
  load: LOAD,
  correctness: CORRECTNESS,
  paths: ofBothPaths(PATH),
  timeline: listOf(POINT),
  faults: listOf(objectOf<Report['faults'][number]>({ atMs: ANY_NUMBER, functionName: TEXT, busy: FLAG })),
  schemas: ofBothPaths(orNull(TEXT)),
  repeats: listOf(REPEAT),
  calibration: orNull(CALIBRATION),
  drains: listOf(DRAIN),
  batchingWindows: listOf(BATCHING_WINDOW),
  model: MODEL,
  prices: PRICES_USED,
  scenario: SCENARIO,
  scenarioSource: objectOf<Report['scenarioSource']>(fieldsOf(['rate', 'keys'], TEXT)),
  verdict: VERDICT,
  verdicts: REGIME_VERDICTS,
  sensitivity: SENSITIVITY,
  rule: RULE,
  runCost: RUN_COST,
});
