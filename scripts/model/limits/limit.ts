import { flag, type Infer, number, object, oneOf, text } from '#text/schema.ts';

const LIMIT_IDS = [
  'shards',
  'read-bytes',
  'read-calls',
  'time',
  'memory',
  'retention',
  'connections',
  'concurrency',
  'acu',
  'interval',
] as const;

/** A limit that a path comes near, or exceeds. */
export const LIMIT = object(
  {
    id: oneOf(LIMIT_IDS, 'which limit'),
    text: text('the limit and its figures, in words'),
    use: number('share', 'used share of the limit; above 1: more than it allows'),
    possible: flag('false: the path cannot work at all'),
  },
  'limit',
);
export type Limit = Infer<typeof LIMIT>;

/** Limits are named from this used share on. */
export const NAMED_FROM = 0.5;

/** A limit whose text is made only if it is named. Most limits are not, and writing figures takes time. */
export type Candidate = Omit<Limit, 'text'> & { readonly text: () => string };

/** Keeps the limits that are near or exceeded, and makes their texts. */
export function nameLimits(candidates: readonly (Candidate | null)[]): Limit[] {
  return candidates
    .filter((candidate) => candidate !== null)
    .filter(({ use }) => use >= NAMED_FROM)
    .map(({ text, ...limit }) => ({ ...limit, text: text() }));
}

/** Text of the first limit that makes a path impossible; empty if there is none. */
export function whyImpossible({ limits }: { readonly limits: readonly Limit[] }): string {
  return limits.find(({ possible }) => !possible)?.text ?? '';
}
