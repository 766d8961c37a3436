import { NOT_MEASURED } from '#bench/experiments/phases/plan-phases.ts';
import { joinWithOr, LOG_FORMATS } from '#bench/load/log-format.ts';
import { UNPARSED_LINE } from '#bench/load/replay-summary.ts';
import { KILL, TIMELINE_POINT } from '#bench/run/timeline.ts';
import { MAPPING_SETTINGS, SETTINGS } from '#bench/run-settings.ts';
import { PLACE } from '#bench/targets/target.ts';
import { CORRECTNESS } from '#bench/verify/correctness.ts';
import { ofBothPaths } from '#model/deployment.ts';
import { FIT_ERROR } from '#model/fit/fit-error.ts';
import { FITTED_MODEL } from '#model/fit/fitted-model.ts';
import { MODEL_PARAMETERS, ORIGINS } from '#model/parameters.ts';
import { PRICE_TABLE } from '#model/prices/price-table.ts';
import { DISTRIBUTION } from '#model/statistics/percentiles.ts';
import { RULE_ROW } from '#model/verdict/engines/test-rule.ts';
import { SCENARIO } from '#model/verdict/scenario.ts';
import { SENSITIVITY_ROW } from '#model/verdict/sensitivity.ts';
import {
  anyObject,
  described,
  extend,
  flag,
  type Infer,
  listOf,
  number,
  object,
  oneOf,
  orNull,
  partial,
  text,
} from '#text/schema.ts';
import { RUN_COST } from '../cost/run-cost.ts';
import { PATH_REPORT } from './path-report.ts';
import {
  BATCHING_WINDOW_REPORT,
  CALIBRATION_REPORT,
  DRAIN_REPORT,
  REPEAT_REPORT,
  RUN_REPORT,
} from './phase-reports.ts';
import { REGIME_VERDICT, VERDICT } from './verdict-report.ts';

export type { PathFigures, PathReport, Slice } from './path-report.ts';
export type {
  BatchingWindowReport,
  BatchReport,
  CalibrationReport,
  CatchUpReport,
  DrainReport,
  RepeatReport,
  RunReport,
} from './phase-reports.ts';
export type { RegimeVerdict, VerdictReport, WindowReport } from './verdict-report.ts';

/** Raised when a field is removed or changes its meaning, unit or type; docs/report.md lists the changes. */
export const SCHEMA_VERSION = 3;

/** The log that was replayed. */
const INPUT = object({
  format: orNull(text(joinWithOr(LOG_FORMATS.map((name) => `\`${name}\``))), 'the format was not found out'),
  linesRead: number('lines', 'sent + blank + unparsed'),
  blankLines: number('lines', 'lines of white space only; not sent'),
  unparsed: object({
    count: number('lines', 'lines that were not sent because they could not be parsed'),
    examples: listOf(UNPARSED_LINE, 'the first 100 such lines'),
  }),
});

const LOAD_REPORT = object(
  {
    options: anyObject(
      'options that shaped this kind of load, by their names on the command line in camel case, defaults included; durations in ms, shares from 0 to 1; null for an option without value and default. `settings` says how the load was counted',
    ),
    startedAt: text('instant when the first record was due'),
    measuredMs: number(
      'ms',
      'length of the measured part, without the tail; for a replay, the time from the first arrival to the last',
    ),
    records: number('records', 'records that Kinesis acknowledged'),
    lines: number('lines', 'lines in these records; blank lines are excluded'),
    events: number('events', 'lines that must be counted, by the load’s own judgement'),
    bytes: number('bytes', 'data of the records, without partition keys'),
    windows: number('windows', 'distinct windows that the events fall into'),
    earlierWindows: number(
      'windows',
      'windows of these that began before the load. Late events fill them, and `finalityMs` excludes them. For a replay, all windows in the past',
    ),
    retriedEntries: number(
      'entries',
      'entries of PutRecords that were throttled and sent again; a throttled entry was not stored, so nothing is sent twice',
    ),
    sendLagMs: orNull(
      described(
        DISTRIBUTION,
        'lag of the load: time at which a record was sent − time at which it was due, over records',
      ),
      'nothing was sent',
    ),
    input: orNull(described(INPUT, 'the log that was replayed'), 'a generated load'),
  },
  'load',
);
export type LoadReport = Infer<typeof LOAD_REPORT>;

const MODEL_REPORT = extend(
  FITTED_MODEL,
  {
    live: ofBothPaths(
      orNull(
        described(
          FIT_ERROR,
          'error of the model’s CPU on the invocations in the second half of each live run, when the code is compiled. Both paths ran side by side, and the model was not fitted to the live run. `warnings` compare this error with `cpuError`',
        ),
        'no such invocations',
      ),
    ),
    liveWhole: ofBothPaths(
      orNull(
        described(
          FIT_ERROR,
          'the same error on all invocations of each live run, cold starts and code that is still being compiled included',
        ),
        'no such invocations',
      ),
    ),
  },
  'model',
);
export type ModelReport = Infer<typeof MODEL_REPORT>;

const PRICES_USED = object(
  {
    region: orNull(text('region of every price'), 'the prices are of several regions'),
    builtIn: flag('false: the prices come from a given file'),
    table: described(PRICE_TABLE, 'every price by its id'),
  },
  'prices',
);

/**
 * The content of report.json. Fields up to `batchingWindows` are measured at `target`, except for those named `predicted`; fields
 * from `model` on are modelled. The schema checks that figures can be computed with, not that they are true.
 */
export const REPORT = object(
  {
    schemaVersion: oneOf([SCHEMA_VERSION], 'version of this format, see [Versions](#versions)'),
    digest: text('SHA-256 in hex of all other fields, see [Digest](#digest)'),
    tidemarkVersion: text('version in `package.json`'),
    experiment: oneOf(['live', 'replay'], 'generated load in real time, or the replay of a log'),
    complete: flag('false: the benchmark ended before everything was measured'),
    notMeasured: listOf(
      NOT_MEASURED,
      'phases that were asked for and not measured. In a complete report, these are the phases that need more events than the limit; they are modelled instead',
    ),
    exact: flag(
      'every live run, the calibration, every drain and every batching window was counted exactly. Read this field first; the command exits with 0 only if it is true',
    ),
    warnings: listOf(text(), 'warnings about the modelled figures; `verdict.warnings` has those about the verdict'),
    target: described(PLACE, 'stack and place of the benchmark'),
    run: described(RUN_REPORT, 'id and times of the first live run'),
    machine: object({
      cpus: number('', 'logical processors'),
      memoryMb: number('MB', 'memory of the machine'),
      platform: text('operating system and architecture, as Node names them'),
      node: text('version of Node that ran the benchmark; on `embedded` it also ran the functions'),
    }),
    settings: described(SETTINGS, 'settings of both paths in the live run'),
    stream: object({
      shards: number('shards', 'shards of the run’s stream when it was created'),
      mapping: described(MAPPING_SETTINGS, 'settings of the run’s mapping'),
    }),
    load: described(LOAD_REPORT, 'load of the live run'),
    correctness: described(CORRECTNESS, 'whether both paths counted what was sent'),
    paths: ofBothPaths(described(PATH_REPORT, 'times, efforts and tables of each path')),
    timeline: listOf(
      TIMELINE_POINT,
      'progress of the load and of both paths, about once a second; less often in a long run, at most 600 points',
    ),
    faults: listOf(KILL, 'execution environments that were killed on purpose, in order of time'),
    schemas: ofBothPaths(orNull(text('the run’s schema, which was kept'), 'the schema was dropped with the run')),
    repeats: listOf(REPEAT_REPORT, 'every live run; the first one is shown in full above'),
    calibration: orNull(
      described(CALIBRATION_REPORT, 'invocations of many sizes, which the model is fitted to'),
      'no calibration was run',
    ),
    drains: listOf(
      DRAIN_REPORT,
      'drains, each with a window’s whole load by one path at a time, in order of rising windows',
    ),
    batchingWindows: listOf(
      BATCHING_WINDOW_REPORT,
      'runs of the micro-batch path alone, in order of rising batching windows',
    ),
    model: described(MODEL_REPORT, 'the model behind every modelled figure'),
    prices: described(PRICES_USED, 'the prices that the model multiplies with'),
    scenario: described(SCENARIO, 'load and deployment that the verdict is for'),
    scenarioSource: object({
      rate: text('origin of the scenario’s rate, in words'),
      keys: text('origin of the scenario’s keys, in words'),
    }),
    verdict: described(VERDICT, 'stream or batch, window by window'),
    verdicts: listOf(REGIME_VERDICT, 'verdict for each reader in each regime of the database'),
    sensitivity: listOf(SENSITIVITY_ROW, 'threshold with one input changed at a time'),
    rule: listOf(RULE_ROW, 'the rule of one hour under several sets of assumptions'),
    runCost: described(RUN_COST, 'cost of this run on AWS, without the stack that it runs on'),
  },
  'report',
);
export type Report = Infer<typeof REPORT>;

/**
 * A report that can be read. Parameters and prices may be missing, because other versions of Tidemark have others. Only modelling
 * needs them, so a report without them can still be compared.
 */
export const READABLE_REPORT = extend(REPORT, {
  model: extend(MODEL_REPORT, { parameters: partial(MODEL_PARAMETERS), origins: partial(ORIGINS) }),
  prices: extend(PRICES_USED, { table: partial(PRICE_TABLE) }),
});
