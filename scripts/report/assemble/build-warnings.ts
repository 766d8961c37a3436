import type { Place } from '#bench/targets/target.ts';
import { BOTH_PATHS, PATHS, type Path } from '#functions/contract.ts';
import { formatPercent } from '#text/format-number.ts';
import type { Report } from '../definition/report.ts';

/** The model's CPU error in the live run from which on a warning is given; a busy machine explains less. */
const FAR = 0.25;

/** What to know before the modelled figures are used. */
export function buildWarnings(
  model: Pick<Report['model'], 'fits' | 'live' | 'cpuError'>,
  prices: Report['prices'],
  target: Place,
  load: Pick<Report['load'], 'options'>,
): string[] {
  return [
    ...BOTH_PATHS.flatMap((path) => warnOfFit(model, path)),
    ...warnOfRegion(prices, target),
    ...warnOfPartitions(load),
  ];
}

function warnOfFit(
  { fits, live, cpuError }: Pick<Report['model'], 'fits' | 'live' | 'cpuError'>,
  path: Path,
): string[] {
  const { whyNot } = fits[path];
  if (whyNot !== null) return [`The ${PATHS[path].name} path's CPU is not fitted to this run: ${whyNot}.`];
  const [seen, allowed] = [live[path]?.total ?? 0, cpuError[path] ?? 0];
  if (seen <= Math.max(FAR, allowed)) return [];
  return [
    `The ${PATHS[path].name} path's CPU in the live run was ${formatPercent(seen)} off what the model says, and the verdict's band allows for ${formatPercent(allowed)}.`,
  ];
}

/** Only on AWS is a region a place; an emulator accepts any name. */
function warnOfRegion({ region }: Report['prices'], target: Place): string[] {
  if (region === null) return ['The prices are of several regions.'];
  if (target.name !== 'aws' || target.region === null || target.region === region) return [];
  return [`The prices are those of ${region}, and the run was in ${target.region}: --prices takes another table.`];
}

function warnOfPartitions({ options }: Pick<Report['load'], 'options'>): string[] {
  if (options.partitionBy !== 'host') return [];
  return [
    'The records were partitioned by host (--partition-by), and the model fills all shards alike: the one with the busiest hosts reaches its limits before the verdict says so.',
  ];
}
