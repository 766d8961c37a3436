import { type Origin, PARAMETERS, type Parameter, type ParameterName } from '#model/parameters.ts';
import { GRADES, type Price, sayPrices } from '#model/prices/price-table.ts';
import {
  detailsElement,
  type Heading,
  type Pair,
  pairsElement,
  paragraph,
  partElement,
  tableElement,
} from '#report/page/export-html.ts';
import { formatDuration } from '#text/duration.ts';
import { plural } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Report } from '../../definition/report.ts';
import { figures, type Section, sentences, words } from '../../sections/section.ts';
import { sayDatabase } from '../../words/case.ts';
import { formatCount, formatDollars, formatMs, formatNumber, NONE } from '../../words/figures.ts';
import { type Content, type Element, element } from '../element.ts';

export const ASSUMPTIONS: Heading = { id: 'assumptions', title: 'Every assumption' };

/** Setup, parameters and prices behind every figure of the report. */
export function assumptionsSection(report: Report): Element {
  const { model, prices } = report;
  return partElement(
    ASSUMPTIONS,
    paragraph('Setup, parameters and prices behind every figure of this report.'),
    element('h3', {}, 'The run'),
    pairsElement(placePairs(report)),
    element('h3', {}, 'The case of the verdict'),
    pairsElement(scenarioPairs(report)),
    element('h3', {}, 'The model’s parameters'),
    detailsElement(`${Object.keys(model.parameters).length} parameters`, tableElement(parametersTable(report))),
    element('h3', {}, 'Prices'),
    paragraph(
      `The table has ${sayPrices(prices)} of ${prices.region ?? 'several regions'} in USD`,
      prices.builtIn ? ', without taxes, free tiers and discounts.' : '.',
    ),
    detailsElement(
      `${Object.keys(prices.table).length} prices`,
      tableElement(pricesTable(report)),
      pairsElement(Object.entries(GRADES)),
    ),
    element('h3', {}, 'Cost of this run on AWS'),
    ...runCostContents(report),
  );
}

/** Place and content of the run. */
function placePairs(report: Report): Pair[] {
  const { target, machine, run, settings, stream, load, tidemarkVersion, digest } = report;
  const { name, endpoint, region, stack, version, database } = target;
  const where = [endpoint, region].filter((part) => part !== null).join(', ');
  return [
    ['Target', `${name}${where === '' ? '' : ` (${where})`}, stack ${stack}, version ${version}, ${database} database`],
    ['Machine', `${machine.cpus} CPUs, ${formatCount(machine.memoryMb)} MB, ${machine.platform}, Node ${machine.node}`],
    ['Run', `${run.id}, ${run.startedAt} to ${run.endedAt}`],
    [
      'Settings',
      `windows of ${formatMs(settings.windowMs)}, bound ${formatMs(settings.boundMs)}, margin ${formatMs(settings.marginMs)}, ` +
        `idle after ${formatMs(settings.idleTimeoutMs)}, at most ${formatMs(settings.maxFutureSkewMs)} ahead, late events: ${settings.latePolicy}`,
    ],
    [
      'Stream',
      `${plural(stream.shards, 'shard')}, batches of up to ${formatCount(stream.mapping.batchSize)} records, batching window ${stream.mapping.batchingWindowSeconds} s`,
    ],
    ['Load', Object.entries(load.options).map(sayOption).filter(Boolean).join(', ')],
    [
      'Sent',
      `${formatCount(load.events)} events in ${formatCount(load.records)} records and ${formatCount(load.windows)} windows`,
    ],
    ['The load’s own lag', `p99 ${formatMs(load.sendLagMs?.p99)}, greatest ${formatMs(load.sendLagMs?.max)}`],
    ['Tidemark', `${tidemarkVersion}; report ${digest}`],
  ];
}

const OPTIONS_IN_MS = new Set(['duration', 'outOfOrderBy']);

/** An option as on the command line; the start of events is shown as a time, which is easier to read. */
function sayOption([name, value]: [string, unknown]): string {
  if (value === null || value === undefined) return '';
  const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `--${dashed} ${sayValue(name, value)}`;
}

function sayValue(name: string, value: unknown): string {
  if (typeof value === 'number' && OPTIONS_IN_MS.has(name)) return formatDuration(value);
  if (typeof value === 'number' && name === 'eventStart') return new Date(value).toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The case that the verdict is for. */
export function scenarioPairs({ scenario, scenarioSource }: Report): Pair[] {
  const { workload, deployment, batchingWindowsSeconds, leastShards } = scenario;
  const { keys } = workload;
  return [
    ['Rate', `${formatNumber(workload.eventsPerSecond)} events/s (${scenarioSource.rate})`],
    ['Events', `${formatNumber(workload.eventBytes)} bytes each, ${packingOf(workload)}`],
    [
      'Keys',
      (keys.kind === 'zipf'
        ? `${formatCount(keys.hosts)} hosts (Zipf ${keys.hostSkew}) × ${formatCount(keys.referrers)} referrers (Zipf ${keys.referrerSkew}), ${formatNumber(keys.nullReferrerShare * 100)} % without`
        : `as in the log: ${formatCount(keys.hosts)} hosts in ${formatCount(keys.events)} events`) +
        ` (${scenarioSource.keys})`,
    ],
    [
      'Deployment',
      `at least ${plural(leastShards, 'shard')}, ${formatCount(deployment.memoryMb)} MB of memory, bound ${deployment.boundSeconds} s, margin ${deployment.marginSeconds} s, ` +
        `retention ${deployment.retentionHours} h, ${deployment.functionZones} zones`,
    ],
    [
      'Database',
      `${sayDatabase(deployment)}; ` +
        `backups of ${deployment.backupDays} days, counts of ${plural(deployment.monthsKept, 'month')} kept`,
    ],
    [
      'Streaming’s settings',
      `batching windows of ${batchingWindowsSeconds.map((seconds) => `${seconds} s`).join(', ')}`,
    ],
    [
      'Batch',
      deployment.batchIntervalSeconds === null
        ? 'once a window'
        : `every ${formatSpan(deployment.batchIntervalSeconds)}`,
    ],
  ];
}

function packingOf({ eventsPerRecord, lingerSeconds, partitionKeys }: Report['scenario']['workload']): string {
  if (eventsPerRecord === 1) return 'one in a record';
  return (
    `up to ${formatCount(eventsPerRecord)} in a record, which waits ${formatNumber(lingerSeconds)} s at most, ` +
    `over ${plural(partitionKeys, 'partition key')}`
  );
}

/** Text in place of the range of a parameter without one. */
const RANGES: Readonly<Record<Origin, string>> = {
  documented: 'known',
  deployed: 'known',
  fitted: 'by the fit’s error',
  measured: 'no range given',
  assumed: 'no range given',
};

/** Parameters of the model, as in the report. */
export function parametersTable({ model }: Report): Section {
  const known: Readonly<Record<string, Parameter>> = PARAMETERS;
  const rows = (Object.entries(model.parameters) as [ParameterName, number][]).map(([name, value]) => {
    const { unit, what, low, high } = known[name] ?? { unit: NONE, what: NONE };
    return [
      name,
      what,
      formatNumber(value),
      unit,
      model.origins[name],
      // A fitted value may lie outside the range that was assumed before.
      low === undefined || high === undefined || model.origins[name] === 'fitted'
        ? RANGES[model.origins[name]]
        : `${formatNumber(value * low)} – ${formatNumber(value * high)}`,
    ];
  });
  return {
    heading:
      'Parameters of the model. Fitted: by this run; measured: earlier, on 2 cores (Node 20.20, PostgreSQL 18.4); deployed: as in the stack',
    columns: [
      words('Parameter'),
      sentences('What'),
      figures('Value'),
      words('Unit'),
      words('Origin'),
      figures('May lie between'),
    ],
    rows,
  };
}

/** Every price that a cost is made of. */
function pricesTable({ prices }: Report): Section {
  return {
    heading: 'Prices with source, date and grade',
    columns: [
      words('Price'),
      figures('USD'),
      figures('for'),
      words('Unit'),
      words('Region'),
      words('Grade'),
      words('Seen'),
      sentences('Source'),
    ],
    rows: (Object.entries(prices.table) as [string, Price][]).map(
      ([id, { usd, per, unit, region, grade, seen, source }]) => [
        id,
        usd.toLocaleString('en-US', { maximumSignificantDigits: 8 }),
        formatCount(per),
        unit,
        region,
        grade,
        seen,
        { text: source.replace(/^https?:\/\//, ''), address: source },
      ],
    ),
  };
}

/** Cost of the run itself on AWS. */
function runCostContents({ runCost, prices, target }: Report): Content[] {
  const { totalUsd, mostUsd, terms, databaseAwakeSeconds, assumptions } = runCost;
  const ran = target.name === 'aws' ? 'This run cost about' : 'The same run on AWS would cost about';
  return [
    paragraph(
      `${ran} ${formatDollars(totalUsd)} beside the stack itself, at most ${formatDollars(mostUsd)} with the database at its greatest; `,
      `the database is awake for ${formatSpan(databaseAwakeSeconds)}. Modelled from ${sayPrices(prices)}.`,
    ),
    assumptions.length === 0
      ? null
      : element('ul', { class: 'notes' }, ...assumptions.map((each) => element('li', {}, each))),
    terms.length === 0
      ? null
      : detailsElement(
          'Table',
          tableElement({
            heading: 'The run’s cost, largest term first; modelled',
            columns: [words('Term'), figures('Quantity'), words('Unit'), figures('USD'), words('Grade')],
            rows: terms.map(({ label, quantity, per, unit, costUsd, grade }) => [
              label,
              formatNumber(quantity / per),
              per === 1 ? unit : `${formatCount(per)} ${unit}`,
              formatDollars(costUsd),
              grade,
            ]),
          }),
        ),
  ];
}
