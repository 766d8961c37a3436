import { describe, expect, it } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { Measured } from '#bench/experiments/observations.ts';
import { createOracle } from '#bench/load/oracle.ts';
import { createReceipts } from '#bench/load/receipts.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { PRICES } from '#model/prices/price-table.ts';
import { buildReport } from '#report/assemble/build-report.ts';
import { REPORT } from '#report/definition/report.ts';
import { renderReport } from '#report/terminal/render-report.ts';
import { oddValues } from '#test/support/odd-values.ts';
import {
  batchingWindowOf,
  drainOf,
  idlePath,
  loadOf,
  measuredOf,
  observationsOf,
  pathOf,
} from '#test/support/report-measured.ts';
import { PLACE } from '#test/support/scripted-target.ts';
import { findMisfit } from '#text/schema.ts';

const UNREPORTED = { invocations: 3, reports: [], missing: 'the log is gone' };
const NOTHING_SENT = { ...observationsOf().sent, records: 0, lines: 0, bytes: 0, lagsMs: new Float64Array() };

/** A run to which nothing came. */
function nothingOf(replay: boolean) {
  const load = { ...loadOf(replay), oracle: createOracle(5_000), receipts: createReceipts() };
  const paths = { microBatch: idlePath(), scheduledBatch: idlePath() };
  return observationsOf({ load, paths, sent: NOTHING_SENT, timeline: [], kills: [] });
}

const ODD: [what: string, measured: Measured, args: string[]][] = [
  ['no events', measuredOf({ live: [nothingOf(false)] }), ['--rate', '1']],
  ['a log without events', measuredOf({ live: [nothingOf(true)] }), ['--input', 'log']],
  ['one commit of a log', measuredOf({ live: [observationsOf({ load: loadOf(true) })] }), ['--input', 'log']],
  [
    'no word from the platform, and phases in which nothing happened',
    measuredOf({
      live: [
        observationsOf({ paths: { microBatch: { ...pathOf(), platform: UNREPORTED }, scheduledBatch: idlePath() } }),
      ],
      drains: [
        drainOf({
          load: { events: 0, records: 0, bytes: 0, lines: 0 },
          cold: null,
          warm: { ...drainOf().warm, billedDurationMs: null, initMs: null, maxMemoryMb: null, rows: [] },
          catchUp: { invocations: 0, durationMs: 0, eventsPerSecond: 0, mappingMs: 0, maxMemoryMb: null },
          ledger: { microBatch: [], scheduledBatch: [] },
        }),
      ],
      batchingWindows: [batchingWindowOf({ durationMs: 0, path: { ...idlePath(), platform: UNREPORTED } })],
      interrupted: true,
    }),
    ['--hosts', '1', '--referrers', '1', '--null-referrers', '1'],
  ],
];

describe('the report of an odd run', () => {
  it.each(ODD)('has nothing that is no number, with %s', (_, measured, args) => {
    const report = buildReport(measured, parseOptions(args) as BenchmarkOptions, PLACE, PRICES);
    expect(oddValues(report)).toEqual([]);
    expect(renderReport(report)).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(findMisfit(REPORT, report)).toBeNull();
  });
});

describe('oddValues', () => {
  it('finds what it looks for', () => {
    expect(oddValues({ a: [1, Number.NaN], b: { c: undefined }, d: null, e: '', f: -1 / 0 })).toEqual([
      '/a/1: NaN',
      '/b/c: undefined',
      '/f: -Infinity',
    ]);
  });
});
