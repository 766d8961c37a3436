import { PATH_NAMES, type PathName } from '#model/path-name.ts';
import type { Pair } from './compare-metric.ts';
import type { Named } from './comparison.ts';
import { DRAIN_METRICS, differingDrains, drainedWindows, readDrain, unseenOfDrain } from './drain-readings.ts';
import { LIVE_METRICS, readLive } from './live-readings.ts';
import { METRICS, type MetricName } from './metric.ts';
import { costedWindow, readCost } from './modelled-readings.ts';
import { isMissing, type Missing, type Reading } from './reading.ts';
import { unseenNoise } from './unseen-noise.ts';

/** A metric that one of the reports says nothing of. */
type Unpaired = Pick<Pair, 'name' | 'path' | 'windowMs'> & { readonly reason: string };

/** Every metric but the threshold, in the order of the table, as both reports have it. */
export function readPairs(base: Named, other: Named): (Pair | Unpaired)[] {
  const costed = costedWindow(base.report, other.report);
  return [
    ...PATH_NAMES.flatMap((path) => [
      ...LIVE_METRICS.map((name) =>
        pairUp(
          { name, path, windowMs: null },
          base,
          other,
          ({ report }) => readLive(report, name, path),
          () => unseenNoise(name, path, base.report, other.report),
        ),
      ),
      pairUp({ name: 'cost', path, windowMs: null }, base, other, ({ report }) => readCost(report, path, costed)),
    ]),
    ...drainedWindows(base.report, other.report).flatMap((windowMs) =>
      DRAIN_METRICS.map((name) => {
        const of = { name, path: pathOf(name), windowMs };
        const reason = differingDrains(base.report, other.report, windowMs);
        const pair = pairUp(
          of,
          base,
          other,
          ({ report }) => readDrain(report, name, windowMs),
          (direction) => unseenOfDrain(name, base.report, other.report, windowMs, direction),
        );
        return reason === null || 'reason' in pair ? pair : { ...of, reason };
      }),
    ),
  ];
}

function pathOf(name: MetricName): PathName | null {
  return METRICS[name].paths?.[0] ?? null;
}

function pairUp(
  of: Pick<Pair, 'name' | 'path' | 'windowMs'>,
  base: Named,
  other: Named,
  read: (named: Named) => Reading | Missing,
  unseen: Pair['unseen'] = () => 0,
): Pair | Unpaired {
  const [one, two] = [read(base), read(other)];
  if (isMissing(one)) return { ...of, reason: `${base.file} ${one.missing}` };
  if (isMissing(two)) return { ...of, reason: `${other.file} ${two.missing}` };
  return { ...of, base: one, other: two, unseen };
}
