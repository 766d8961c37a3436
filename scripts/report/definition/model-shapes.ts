import { type Deployment, PATHS_CHOICES, REGIMES } from '#model/deployment.ts';
import type { FitError } from '#model/fit/fit-error.ts';
import type { PathFit } from '#model/fit/fit-model.ts';
import type { TimeFit } from '#model/fit/fit-times.ts';
import { type ModelParameters, type Origin, PARAMETERS, type ParameterName } from '#model/parameters.ts';
import { GRADES, type Grade, PRICE_RANGES, PRICES, type Price, type PriceId } from '#model/prices/price-table.ts';
import { READERS, type Scenario } from '#model/verdict/scenario.ts';
import { SCENARIO_RANGES } from '#model/verdict/scenario-ranges.ts';
import type { Keys, MeasuredKeys, ZipfKeys } from '#model/workload/keys.ts';
import type { Workload } from '#model/workload/workload.ts';
import type { ModelReport } from './model-report.ts';
import { ofBothPaths } from './phase-shapes.ts';
import type { Report } from './report.ts';
import {
  ANY_NUMBER,
  byKind,
  type FieldShapes,
  FLAG,
  fieldsOf,
  ifPresent,
  listOf,
  objectOf,
  oneOf,
  orNull,
  pairOf,
  TEXT,
  within,
} from './shape.ts';

const NUMBER_OR_NULL = orNull(ANY_NUMBER);
/** Beyond are no milliseconds, bytes or seconds of anything here, and products of such would be no numbers any more. */
const AMOUNT = within(0, 1_000_000_000_000);
const ABOVE_0 = within(0.000_001, 1_000_000_000_000);
const SOME_AMOUNT = within(1, 1_000_000_000_000);
/** A table is made by their number. */
const KEYS_COUNTED = within(1, 1_000_000_000);
const SHARE = within(0, 1);

const FIT_ERROR = objectOf<FitError>(fieldsOf(['median', 'p95', 'total', 'count'], ANY_NUMBER));

const TIME_FIT = objectOf<TimeFit>({
  ...fieldsOf(['ms', 'msPerEvent', 'msPerRecord', 'msPerFreshRow', 'msPerUpdatedRow'], AMOUNT),
  samples: ANY_NUMBER,
  heldOut: FIT_ERROR,
  ranges: objectOf<TimeFit['ranges']>(
    fieldsOf(['events', 'records', 'rowsFresh', 'rowsUpdated', 'rowsWritten'], pairOf(ANY_NUMBER)),
  ),
});

const PATH_FIT = objectOf<PathFit>({
  cpu: orNull(TIME_FIT),
  whyNot: orNull(TEXT),
  databaseWait: orNull(TIME_FIT),
  rows: orNull(FIT_ERROR),
});

const PARAMETER_NAMES = Object.keys(PARAMETERS) as ParameterName[];
/** What a platform or a stack allows is divided by: there is something of it. */
const PARAMETER_SHAPES = Object.fromEntries(
  PARAMETER_NAMES.map((name) => {
    const { origin } = PARAMETERS[name];
    return [name, ifPresent(origin === 'documented' || origin === 'deployed' ? ABOVE_0 : AMOUNT)];
  }),
) as FieldShapes<ModelParameters>;
const PRICE_IDS = Object.keys(PRICES) as PriceId[];
const ORIGIN = oneOf<Origin>(['fitted', 'measured', 'assumed', 'documented', 'deployed']);

/** A parameter or a price that is missing is told of where it is asked for: what needs none of them can do without. */
export const MODEL = objectOf<ModelReport>({
  parameters: objectOf(PARAMETER_SHAPES),
  origins: objectOf(fieldsOf(PARAMETER_NAMES, ifPresent(ORIGIN))),
  fits: ofBothPaths(PATH_FIT),
  ...fieldsOf(['cpuError', 'fittedEvents', 'fittedRecords', 'fittedRows'], ofBothPaths(NUMBER_OR_NULL)),
  ...fieldsOf(['databaseError', 'initError'], NUMBER_OR_NULL),
  ...fieldsOf(['live', 'liveWhole'], ofBothPaths(orNull(FIT_ERROR))),
});

export const GRADE = oneOf(Object.keys(GRADES) as Grade[]);

const PRICE = objectOf<Price>({
  usd: within(...PRICE_RANGES.usd),
  per: within(...PRICE_RANGES.per),
  ...fieldsOf(['unit', 'region', 'source', 'seen'], TEXT),
  grade: GRADE,
});

export const PRICES_USED = objectOf<Report['prices']>({
  region: orNull(TEXT),
  builtIn: FLAG,
  table: objectOf(fieldsOf(PRICE_IDS, ifPresent(PRICE))),
});

const GROUPS = listOf(objectOf<MeasuredKeys['byHost'][number]>({ probability: SHARE, keys: AMOUNT }));

const KEYS = byKind<Keys['kind'], Keys>({
  zipf: objectOf<ZipfKeys>({
    kind: oneOf(['zipf']),
    ...fieldsOf(['hosts', 'referrers'], KEYS_COUNTED),
    ...fieldsOf(['hostSkew', 'referrerSkew'], within(0, 5)),
    nullReferrerShare: SHARE,
  }),
  measured: objectOf<MeasuredKeys>({
    kind: oneOf(['measured']),
    hosts: KEYS_COUNTED,
    events: AMOUNT,
    ...fieldsOf(['byHost', 'bySource'], GROUPS),
  }),
});

const WORKLOAD = objectOf<Workload>({
  eventsPerSecond: AMOUNT,
  eventBytes: AMOUNT,
  eventsPerRecord: SOME_AMOUNT,
  lingerSeconds: AMOUNT,
  partitionKeys: SOME_AMOUNT,
  keys: KEYS,
});

const DEPLOYMENT = objectOf<Deployment>({
  paths: oneOf(PATHS_CHOICES),
  regime: oneOf(REGIMES),
  batchIntervalSeconds: orNull(SOME_AMOUNT),
  ...fieldsOf(['windowSeconds', 'shards', 'retentionHours', 'batchSize', 'memoryMb'], SOME_AMOUNT),
  ...fieldsOf(
    [
      'boundSeconds',
      'marginSeconds',
      'batchingWindowSeconds',
      'tickSeconds',
      'autoPauseSeconds',
      'acuAwake',
      'readHoursPerDay',
      'monthsKept',
      'endpointZones',
      'functionZones',
      'dashboards',
      'alarmMetrics',
      'customMetrics',
      'backupDays',
    ],
    AMOUNT,
  ),
});

export const SCENARIO = objectOf<Scenario>({
  workload: WORKLOAD,
  deployment: DEPLOYMENT,
  reader: oneOf(READERS),
  freshnessUsd: within(...SCENARIO_RANGES.freshnessUsd),
  windowsSeconds: listOf(within(1, SCENARIO_RANGES.windowSeconds[1])),
  batchingWindowsSeconds: listOf(within(0, 300)),
  leastShards: within(1, 1_000_000_000),
});
