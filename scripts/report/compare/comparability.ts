import type { Difference, NotCompared } from './comparison.ts';
import type { Need } from './metric.ts';

/** What is said of a metric that needs it, where it is not the same. */
const REASONS: Readonly<Record<Need, string>> = {
  target: 'measured at other targets',
  machine: 'measured on other machines',
  'load generator': 'sent from other machines',
  window: 'of other windows',
  prices: 'at other prices',
  scenario: 'modelled for other scenarios',
  fit: 'modelled otherwise',
};

/** Of a whole other price table, three prices tell enough. */
const MOST_NAMED = 3;

/** Why a metric can't be compared: `measured on other machines`, and what shows it: `… (cpus 2 and 8)`. */
export type Obstacle = Pick<NotCompared, 'brief' | 'reason'>;

/** What stands against comparing a metric that needs these; null where nothing does. */
export function findObstacle(needs: readonly Need[], differences: readonly Difference[]): Obstacle | null {
  for (const need of needs) {
    const broken = differences.filter(({ breaks }) => breaks.includes(need));
    if (broken.length === 0) continue;
    const named = broken.slice(0, MOST_NAMED).map(({ what, base, other }) => `${what} ${base} and ${other}`);
    const more = broken.length - named.length;
    const brief = REASONS[need];
    return { brief, reason: `${brief} (${named.join('; ')}${more === 0 ? '' : `; and ${more} more`})` };
  }
  return null;
}
