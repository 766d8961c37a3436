import { sayPrices } from '#model/prices/price-table.ts';
import type { Choice } from '#model/verdict/choice.ts';
import type { Scenario } from '#model/verdict/scenario.ts';
import { formatCount, formatUsd } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Report, VerdictReport, WindowReport } from '../definition/report.ts';
import { SHOWN } from '../words/case.ts';
import { NONE } from '../words/figures.ts';
import { describeChoice, sayBatchingWindow, sayMemory } from '../words/setting.ts';
import { type Cell, figures, type Section, sentences, setting, words } from './section.ts';

type Judged = Pick<VerdictReport, 'windows' | 'reader' | 'freshnessUsd'>;

/** Columns of the windows table that each medium shows. */
export const WINDOW_COLUMNS = {
  terminal: [
    'Window',
    'Batching window',
    'Streaming, USD',
    'Freshness',
    'Finality',
    'Batch, USD',
    'Batch: freshness',
    'Batch: finality',
    'Verdict',
    'Reason',
  ],
  page: [
    'Window',
    'Verdict',
    'Batching window',
    'Streaming, USD',
    'Batch, USD',
    'Streaming, delay valued',
    'Batch, delay valued',
    'Batch − streaming',
    'Streaming’s counts sooner by',
    'Streaming’s final windows sooner by',
    'Reason',
  ],
} as const;

type WindowContext = {
  /** Deployed batch size, records. */
  readonly batchSize: number;
  readonly prices?: Report['prices'];
  /** Sizes of the windows that a drain was run for, s. */
  readonly drained?: ReadonlySet<number>;
};

/** The decision at each window, cost and delay of both paths, and the reason. */
export function windowsSection(
  { windows, reader, freshnessUsd }: Judged,
  { batchSize, prices, drained = new Set() }: WindowContext,
): Section {
  const isValued = freshnessUsd > 0;
  const delay = reader === 'final' ? 'finality' : 'freshness';
  const by = prices === undefined ? '' : ` for AWS with ${sayPrices(prices)} of ${prices.region ?? 'several regions'}`;
  return {
    heading: `Per window, modelled${by}: USD a month, each path as if deployed alone`,
    columns: [
      words('Window'),
      words('Verdict'),
      setting('Batching window'),
      figures('Streaming, USD'),
      figures('Batch, USD'),
      ...(isValued ? [figures('Streaming, delay valued'), figures('Batch, delay valued')] : []),
      figures('Batch − streaming'),
      figures(delay === 'finality' ? 'Finality' : 'Freshness'),
      figures(`Batch: ${delay}`),
      figures(`Streaming’s ${SHOWN[reader]} sooner by`),
      sentences('Reason'),
    ],
    rows: windows.map((window): Cell[] => {
      const { windowSeconds, stream, batch, decision, reason } = window;
      return [
        drained.has(windowSeconds) ? { text: formatSpan(windowSeconds), note: 'drain run' } : formatSpan(windowSeconds),
        { text: decision, decision },
        stream.possible ? `${sayBatchingWindow(stream)}${sayMemory(stream)}` : NONE,
        figureOf(stream, formatUsd(stream.costUsd)),
        batchCost(batch),
        ...(isValued
          ? [figureOf(stream, formatUsd(stream.objectiveUsd)), figureOf(batch, formatUsd(batch.objectiveUsd))]
          : []),
        difference(window),
        figureOf(stream, formatSpan(stream.delaySeconds)),
        figureOf(batch, formatSpan(batch.delaySeconds)),
        sooner(window),
        reason,
      ];
    }),
    notes: batchSizeNotes(
      windows.map(({ stream }) => stream),
      batchSize,
    ),
    howToRead:
      `Streaming has its best setting at each window. ${isValued ? 'The verdict includes the value of the delay. ' : ''}` +
      'Either: the difference is within the error. Drain run: the model is fitted to a drain of that window.',
  };
}

/** Parts of each path's cost, a row for each path at each window. */
export function costPartsSection({ windows, reader }: Judged, { deployment }: Pick<Scenario, 'deployment'>): Section {
  return {
    heading: 'Cost of each path, USD a month, modelled, as if deployed alone',
    columns: [
      words('Window'),
      words('Path'),
      ...['USD', 'Shared', 'Fixed', 'Variable', 'Awake', 'Shards'].map(figures),
      figures(reader === 'final' ? 'Finality' : 'Freshness'),
      words('Verdict'),
    ],
    rows: windows.flatMap(({ windowSeconds, stream, batch, decision }): Cell[][] => [
      [formatSpan(windowSeconds), streamName(stream), ...partsOf(stream), { text: decision, decision }],
      ['', `batch${sayMemory(batch)}`, ...partsOf(batch), ''],
    ]),
    notes: [
      ...batchSizeNotes(
        windows.map(({ stream }) => stream),
        deployment.batchSize,
      ),
      ...windows.map(({ windowSeconds, reason }) => `${formatSpan(windowSeconds)}: ${reason}`),
    ],
    howToRead:
      'Shared: the stream, which both paths need. Fixed: the cost of the path while no event arrives. Variable: the rest. Awake: share of the ' +
      'month that the database is awake. Streaming has its best setting at each window. Freshness: mean time from the arrival of an event until ' +
      'it is counted. Finality: time from the end of a window until it is known to be complete. Either: the difference is within the error, which ' +
      'comes from the parameters that are not known exactly and from the fit.',
  };
}

function streamName(stream: Choice): string {
  return `stream${sayMemory(stream)}${stream.batchingWindowSeconds ? `, ${describeChoice({ ...stream, memoryRaised: false })}` : ''}`;
}

function partsOf(choice: Choice): string[] {
  if (!choice.possible) return ['impossible', NONE, NONE, NONE, NONE, NONE, NONE];
  const { costUsd, sharedUsd, fixedUsd, variableUsd, awakeShare, shards, delaySeconds } = choice;
  return [
    ...[costUsd, sharedUsd, fixedUsd, variableUsd].map(formatUsd),
    `${formatCount(awakeShare * 100)} %`,
    formatCount(shards),
    formatSpan(delaySeconds),
  ];
}

function figureOf({ possible }: Choice, figure: string): string {
  return possible ? figure : NONE;
}

/** Cost of the batch, with a note if it runs more than once a window or with more memory. */
function batchCost(batch: Choice): Cell {
  const { possible, batchIntervalSeconds, windowSeconds, costUsd } = batch;
  if (!possible) return NONE;
  const text = formatUsd(costUsd);
  if (batchIntervalSeconds !== null && batchIntervalSeconds !== windowSeconds) {
    return { text, note: describeChoice(batch) };
  }
  return batch.memoryRaised ? { text, note: sayMemory(batch).trim() } : text;
}

function difference({ stream, batch, differenceUsd, lowUsd, highUsd }: WindowReport): Cell {
  if (!stream.possible || !batch.possible) return NONE;
  return { text: signed(differenceUsd), note: `${signed(lowUsd)} to ${signed(highUsd)}` };
}

function signed(usd: number): string {
  const text = formatUsd(Math.abs(usd));
  return text === '0.00' ? text : `${usd < 0 ? '−' : '+'}${text}`;
}

function sooner({ stream, batch }: WindowReport): string {
  if (!stream.possible || !batch.possible) return NONE;
  const seconds = batch.delaySeconds - stream.delaySeconds;
  return seconds < 0 ? `−${formatSpan(-seconds)}` : formatSpan(seconds);
}

/** How to deploy streaming if its batch size differs from the deployed one; otherwise empty. */
function batchSizeNotes(streams: readonly Choice[], deployedBatchSize: number): string[] {
  const others = streams.filter(({ possible, batchSize }) => possible && batchSize !== deployedBatchSize);
  const sizes = new Set(others.map(({ batchSize }) => batchSize ?? deployedBatchSize));
  return [...sizes].map((batchSize) => {
    const seconds = new Set(
      others.filter((each) => each.batchSize === batchSize).map((each) => each.batchingWindowSeconds),
    );
    const [only] = seconds;
    const batchingWindow = seconds.size === 1 ? String(only) : '<seconds>';
    return (
      `With a batching window, streaming takes ${formatCount(batchSize)} records a batch; ${formatCount(deployedBatchSize)} are deployed. ` +
      `Deploy with -c batchingWindow=${batchingWindow} -c batchSize=${batchSize}`
    );
  });
}

/** Sizes of the windows that a drain was run for, s. */
export function drainedWindows({ drains }: Pick<Report, 'drains'>): ReadonlySet<number> {
  return new Set(drains.map(({ windowMs }) => windowMs / 1_000));
}
