import type { Report } from '#report/definition/report.ts';
import { sayDatabase } from '#report/words/case.ts';
import { formatDuration } from '#text/duration.ts';
import { formatSpan } from '#text/format-span.ts';
import { plural } from '#text/plural.ts';
import { formatCount, formatMs, formatNumber } from '../figures.ts';
import type { Pair } from './section.ts';

/** Where and what was run. */
export function placePairs(report: Report): Pair[] {
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

/** As the command line has it, but for a start of events, which is more readable as a time. */
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

/** What the verdict is about. */
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
