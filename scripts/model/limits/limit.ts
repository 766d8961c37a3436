/** What binds a path at some scale, with its figures. */
export type Limit = {
  readonly id:
    | 'shards'
    | 'read-bytes'
    | 'read-calls'
    | 'time'
    | 'memory'
    | 'retention'
    | 'connections'
    | 'concurrency'
    | 'acu'
    | 'interval';
  readonly text: string;
  /** How much of it is used; above 1: more than there is. */
  readonly use: number;
  /** False: the path can't work so at all. */
  readonly possible: boolean;
};

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
