import type { Choice } from '#model/verdict/choice.ts';
import type { FrontPoint } from '#model/verdict/pareto.ts';
import { sayFullAfter } from '#report/words/setting.ts';
import { formatSpan } from '#text/format-span.ts';

/** One point of freshness and cost: the first setting that comes to it, and the others that do. */
export type SettingPoint = FrontPoint & { readonly others: readonly Choice[] };

/**
 * Settings of a path that come to the same in all that is shown are one point: batching windows that size cuts short make the same
 * batches. What can't work has no figures to coincide in.
 */
export function mergeCoinciding(settings: readonly FrontPoint[]): SettingPoint[] {
  return settings.flatMap((setting, i) => {
    const isSame = ({ choice }: FrontPoint): boolean => coincide(choice, setting.choice);
    if (settings.slice(0, i).some(isSame)) return [];
    const others = settings.slice(i + 1).filter(isSame);
    return [{ ...setting, others: others.map(({ choice }) => choice) }];
  });
}

function coincide(one: Choice, other: Choice): boolean {
  return (
    one.possible &&
    other.possible &&
    one.path === other.path &&
    one.costUsd === other.costUsd &&
    one.freshnessSeconds === other.freshnessSeconds &&
    one.finalitySeconds === other.finalitySeconds
  );
}

/** Of each point with several settings, which they are and why: ` Batching windows of 1 minute and 5 minutes come to the same: …`. */
export function sayCoinciding(points: readonly SettingPoint[]): string {
  return points
    .filter(({ others }) => others.length > 0)
    .map(({ choice, others }) => {
      const all = [choice, ...others];
      const spans = all.map((each) => formatSpan(each.batchingWindowSeconds ?? each.batchIntervalSeconds ?? 0));
      const which = choice.path === 'micro-batch' ? 'Batching windows of' : 'Batches every';
      const { fullAfterSeconds } = choice;
      const why =
        fullAfterSeconds === null
          ? ''
          : `: a shard fills a batch in ${sayFullAfter(fullAfterSeconds)}, before they end`;
      return ` ${which} ${spans.slice(0, -1).join(', ')} and ${spans.at(-1)} come to the same${why}.`;
    })
    .join('');
}
