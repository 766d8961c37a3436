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
    use: number('share', 'how much of it is used; above 1: more than there is'),
    possible: flag('false: the path cannot work at all'),
  },
  'limit',
);
export type Limit = Infer<typeof LIMIT>;

/** A limit is worth a word from half of it on. */
export const NAMED_FROM = 0.5;

/** A limit whose text is made where it is named: of most limits nobody reads, and figures take their time to write. */
export type Candidate = Omit<Limit, 'text'> & { readonly text: () => string };

/** Those that are worth a word. */
export function nameLimits(candidates: readonly (Candidate | null)[]): Limit[] {
  return candidates
    .filter((candidate) => candidate !== null)
    .filter(({ use }) => use >= NAMED_FROM)
    .map(({ text, ...limit }) => ({ ...limit, text: text() }));
}

/** The first of the limits that can't be kept, in words; empty where all can. */
export function whyImpossible({ limits }: { readonly limits: readonly Limit[] }): string {
  return limits.find(({ possible }) => !possible)?.text ?? '';
}
