import type { Report } from '#report/definition/report.ts';
import { changedReport, EXACT_REPORT } from '../support/report.ts';

const startMs = Date.parse(EXACT_REPORT.load.startedAt);

/** Everything there is to show: three live runs, calibration, drains, a batching window, two environments killed. */
export const FULL_REPORT: Report = changedReport({
  faults: [
    { atMs: startMs + 18_000, functionName: 'Tidemark-MicroBatchFunction', busy: true },
    { atMs: startMs + 40_000, functionName: 'Tidemark-ScheduledBatchFunction', busy: true },
  ],
});

const { microBatch, scheduledBatch } = EXACT_REPORT.paths;
const UNFITTED = {
  cpu: null,
  whyNot: 'only 3 warm invocations, at least 12 are needed',
  databaseWait: null,
  rows: null,
};

/** One live run and nothing else: no calibration, no drain, no batching window. */
export const LIVE_ONLY_REPORT: Report = changedReport({
  repeats: EXACT_REPORT.repeats.slice(0, 1),
  calibration: null,
  drains: [],
  batchingWindows: [],
  model: {
    ...EXACT_REPORT.model,
    fits: { microBatch: UNFITTED, scheduledBatch: UNFITTED },
    cpuError: { microBatch: null, scheduledBatch: null },
    fittedEvents: { microBatch: null, scheduledBatch: null },
    fittedRecords: { microBatch: null, scheduledBatch: null },
    fittedRows: { microBatch: null, scheduledBatch: null },
    live: { microBatch: null, scheduledBatch: null },
    liveWhole: { microBatch: null, scheduledBatch: null },
  },
});

/** Ended by hand in the middle of its drains. */
export const PARTIAL_REPORT: Report = changedReport({
  complete: false,
  notMeasured: [{ what: 'drain of 1 hour', why: 'interrupted' }],
  drains: EXACT_REPORT.drains.slice(0, 1),
  batchingWindows: [],
});

/** A log that was sent again: no timeline, no finality, no send lag. */
export const REPLAY_REPORT: Report = changedReport({
  experiment: 'replay',
  timeline: [],
  paths: { microBatch: { ...microBatch, finalityMs: null }, scheduledBatch: { ...scheduledBatch, finalityMs: null } },
  load: {
    ...EXACT_REPORT.load,
    sendLagMs: null,
    input: {
      format: 'combined',
      linesRead: 10_000,
      blankLines: 2,
      unparsed: { count: 1, examples: [{ line: 17, reason: 'no time', text: 'garbage' }] },
    },
  },
});

/** Nothing arrived at all. */
export const EMPTY_REPORT: Report = changedReport(
  {
    timeline: [],
    paths: {
      microBatch: {
        ...microBatch,
        freshnessMs: null,
        freshnessCdf: [],
        endToEndMs: null,
        finalityMs: null,
        rowsFinal: 0,
      },
      scheduledBatch: {
        ...scheduledBatch,
        freshnessMs: null,
        freshnessCdf: [],
        endToEndMs: null,
        finalityMs: null,
        rowsFinal: 0,
      },
    },
  },
  LIVE_ONLY_REPORT,
);

const MARKUP = '<img src=x onerror=alert(1)>';
const SCRIPT = '</script><script>alert(2)</script>';
const COMMENT = '--><!--<script>';
const LINE_ENDS = 'one\u2028two\u2029three';

/** Texts of a hostile report as they must stand in the page. */
export const HOSTILE_TEXTS = [MARKUP, SCRIPT, COMMENT] as const;

/** A report whose hosts, referrers, lines, paths, options, prices and sentences would all like to be markup. */
export const HOSTILE_REPORT: Report = changedReport({
  target: { ...EXACT_REPORT.target, stack: MARKUP, endpoint: SCRIPT, version: COMMENT },
  run: { ...EXACT_REPORT.run, id: MARKUP },
  machine: { ...EXACT_REPORT.machine, platform: SCRIPT, node: LINE_ENDS },
  warnings: [MARKUP, SCRIPT],
  notMeasured: [{ what: MARKUP, why: SCRIPT }],
  load: {
    ...EXACT_REPORT.load,
    options: { ...EXACT_REPORT.load.options, input: `/tmp/${SCRIPT}`, [MARKUP]: MARKUP },
    input: {
      format: MARKUP,
      linesRead: 1,
      blankLines: 0,
      unparsed: { count: 1, examples: [{ line: 1, reason: SCRIPT, text: MARKUP }] },
    },
  },
  exact: false,
  correctness: {
    ...EXACT_REPORT.correctness,
    exact: false,
    microBatch: {
      ...EXACT_REPORT.correctness.microBatch,
      exact: false,
      examples: [{ key: JSON.stringify([0, MARKUP, SCRIPT]), sent: 1, counted: MARKUP }],
    },
  },
  paths: {
    scheduledBatch,
    microBatch: {
      ...microBatch,
      quarantine: [
        {
          shardId: MARKUP,
          sequenceNumber: SCRIPT,
          position: 1,
          reason: MARKUP,
          expected: SCRIPT,
          nextStep: null,
          head: Buffer.from(`${MARKUP}\u0000${SCRIPT}`).toString('base64'),
        },
      ],
    },
  },
  scenarioSource: { rate: MARKUP, keys: SCRIPT },
  prices: {
    ...EXACT_REPORT.prices,
    builtIn: false,
    region: MARKUP,
    table: {
      ...EXACT_REPORT.prices.table,
      'lambda-request': {
        ...EXACT_REPORT.prices.table['lambda-request'],
        source: 'javascript:alert(3)',
        unit: MARKUP,
      },
    },
  },
  verdict: {
    ...EXACT_REPORT.verdict,
    sentence: `At ${MARKUP}: ${SCRIPT} (${COMMENT}); ${LINE_ENDS}.`,
    warnings: [COMMENT],
    windows: EXACT_REPORT.verdict.windows.map((window) => ({ ...window, reason: MARKUP })),
  },
  tidemarkVersion: SCRIPT,
});
