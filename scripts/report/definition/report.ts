import { NOT_MEASURED } from '#bench/experiments/phases/plan-phases.ts';
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

/** Raised when a field changes its meaning, its unit or its type, or goes; docs/report.md lists what changed. */
export const SCHEMA_VERSION = 3;

/** The log that was replayed. */
const INPUT = object({
  format: orNull(text('`combined`, `vhost_combined` or `ndjson`'), 'it was never settled'),
  linesRead: number('lines', 'sent + blank + unparsed'),
  blankLines: number('lines', 'lines of white space only; not sent'),
  unparsed: object({
    count: number('lines', 'lines that were not sent because they could not be read'),
    examples: listOf(UNPARSED_LINE, 'the first 100 of them'),
  }),
});

const LOAD_REPORT = object(
  {
    options: anyObject(
      'the options that shaped this kind of load, by their names on the command line in camel case, defaults included; durations in ms, shares from 0 to 1; null where one was not given and has no default. How the load was counted is in `settings`',
    ),
    startedAt: text('instant when the first record was due'),
    measuredMs: number(
      'ms',
      'length of the measured part, without the tail; of a replay, from the first arrival to the last',
    ),
    records: number('records', 'records that Kinesis acknowledged'),
    lines: number('lines', 'lines in these records; blank lines are none'),
    events: number('events', 'lines that must be counted, by the load’s own judgement'),
    bytes: number('bytes', 'data of the records, without partition keys'),
    windows: number('windows', 'distinct windows that the events fall into'),
    earlierWindows: number(
      'windows',
      'of these, the ones that began before the load: late events fill them, and they are not in `finalityMs`. Of a replay, all that are in the past',
    ),
    retriedEntries: number(
      'entries',
      'entries of PutRecords that were throttled and sent again; a throttled entry was not stored, so nothing is sent twice',
    ),
    sendLagMs: orNull(
      described(DISTRIBUTION, 'when a record was sent − when it was due, over records: the load’s own lag'),
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
          'error of the model’s CPU on the invocations in the second half of each live run, once its code is compiled; both paths ran side by side, and nothing of it was fitted. `warnings` compare it with `cpuError`',
        ),
        'no such invocations',
      ),
    ),
    liveWhole: ofBothPaths(
      orNull(
        described(
          FIT_ERROR,
          'the same on all invocations of each live run, cold starts and code that is still being compiled included',
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
    region: orNull(text('region of every price'), 'there are several'),
    builtIn: flag('false: from `--prices`'),
    table: described(PRICE_TABLE, 'every price by its id'),
  },
  'prices',
);

/**
 * What report.json holds. Down to `batchingWindows` everything is measured at `target`, except for what is named `predicted`;
 * everything from `model` on is modelled. A report that fits has figures that can be worked with; it need not be true.
 */
export const REPORT = object(
  {
    schemaVersion: oneOf([SCHEMA_VERSION], 'version of this format, see [Versions](#versions)'),
    digest: text('SHA-256 in hex of all other fields, see [Digest](#digest)'),
    tidemarkVersion: text('version in `package.json`'),
    experiment: oneOf(['live', 'replay'], 'generated load in real time, or the replay of a log (`--input`)'),
    complete: flag('false: the benchmark was ended before all of it was measured'),
    notMeasured: listOf(
      NOT_MEASURED,
      'what was asked for and is not there. In a complete report: what takes more events than `--max-events` and is modelled',
    ),
    exact: flag(
      'every live run, the calibration, every drain and every batching window was counted exactly; read it first. The command exits with 0 only then',
    ),
    warnings: listOf(
      text(),
      'what to know before modelled figures are used; `verdict.warnings` has those of the verdict',
    ),
    target: described(PLACE, 'where it ran'),
    run: described(RUN_REPORT, 'which run'),
    machine: object({
      cpus: number('', 'logical processors'),
      memoryMb: number('MB', 'memory of the machine'),
      platform: text('operating system and architecture, as Node names them'),
      node: text('version of Node that ran the benchmark, and on `embedded` the functions'),
    }),
    settings: described(SETTINGS, 'how both paths counted in the live run'),
    stream: object({
      shards: number('shards', 'shards of the run’s stream when it was created'),
      mapping: described(MAPPING_SETTINGS, 'settings of the run’s mapping'),
    }),
    load: described(LOAD_REPORT, 'what was sent'),
    correctness: described(CORRECTNESS, 'whether both paths counted what was sent'),
    paths: ofBothPaths(described(PATH_REPORT, 'time, effort and tables of each path')),
    timeline: listOf(
      TIMELINE_POINT,
      'how far load and paths were, about once a second; in a long run less often, at most 600 points',
    ),
    faults: listOf(KILL, 'execution environments that were killed on purpose (`--chaos`), in order; empty without it'),
    schemas: ofBothPaths(orNull(text('the run’s schema, left by `--keep`'), 'dropped with the run')),
    repeats: listOf(REPEAT_REPORT, 'every live run, one for each `--repeat`; the one above is the first'),
    calibration: orNull(described(CALIBRATION_REPORT, 'invocations of many sizes'), 'none was run'),
    drains: listOf(DRAIN_REPORT, 'a window’s whole load by one path at a time, by rising window'),
    batchingWindows: listOf(BATCHING_WINDOW_REPORT, 'the micro-batch path alone, by rising batching window'),
    model: described(MODEL_REPORT, 'what every modelled figure is made with'),
    prices: described(PRICES_USED, 'the prices that the model multiplies with'),
    scenario: described(SCENARIO, 'what the verdict is about'),
    scenarioSource: object({
      rate: text('where the scenario’s rate comes from, in words'),
      keys: text('where its keys come from, in words'),
    }),
    verdict: described(VERDICT, 'stream or batch, window by window'),
    verdicts: listOf(REGIME_VERDICT, 'the same for each reader in each regime of the database'),
    sensitivity: listOf(SENSITIVITY_ROW, 'how the threshold moves when one thing is changed'),
    rule: listOf(RULE_ROW, 'the rule of one hour under several sets of assumptions'),
    runCost: described(RUN_COST, 'what this run costs, or would cost, on AWS beside the stack that it runs on'),
  },
  'report',
);
export type Report = Infer<typeof REPORT>;

/**
 * A report that can be read. Parameters and prices may be missing, as other versions have others: only modelling needs them, so a
 * report without them can still be compared.
 */
export const READABLE_REPORT = extend(REPORT, {
  model: extend(MODEL_REPORT, { parameters: partial(MODEL_PARAMETERS), origins: partial(ORIGINS) }),
  prices: extend(PRICES_USED, { table: partial(PRICE_TABLE) }),
});
