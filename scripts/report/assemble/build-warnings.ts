import type { Place } from '#bench/targets/target.ts';
import { BOTH_PATHS, PATHS, type Path } from '#functions/contract.ts';
import { formatPercent } from '#text/format-number.ts';
import type { Report } from '../definition/report.ts';

/** Least error of the model's CPU in the live run that gives a warning. A busy machine explains smaller errors. */
const FAR = 0.25;

/** Warnings about the modelled figures, each a sentence. */
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
    `The model's error of the ${PATHS[path].name} path's CPU in the live run was ${formatPercent(seen)}; the verdict's band allows for ${formatPercent(allowed)}.`,
  ];
}

/** Regions are compared on AWS only, because an emulator accepts any name. */
function warnOfRegion({ region }: Report['prices'], target: Place): string[] {
  if (region === null) return ['The prices are of several regions.'];
  if (target.name !== 'aws' || target.region === null || target.region === region) return [];
  return [`The prices are those of ${region}, but the run was in ${target.region}. Give a price table of that region.`];
}

function warnOfPartitions({ options }: Pick<Report['load'], 'options'>): string[] {
  if (options.partitionBy !== 'host') return [];
  return [
    'The records were partitioned by host, but the model fills all shards equally. The shard with the busiest hosts reaches its limits earlier than the verdict says.',
  ];
}
