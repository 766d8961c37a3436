import type { Use } from '#model/cost/term.ts';
import type { Awake } from '#model/timing/awake.ts';

/** What an engine needs for a month beside stream and database, and how it leaves the database. */
export type EnginePlan = {
  readonly uses: readonly Use[];
  readonly awake: Awake;
  /** Mean, from a window's end to its rows in the database, s. */
  readonly finalitySeconds: number;
  /** From asking for a run to its end, s; null for an engine that is always on. */
  readonly runSeconds: number | null;
};
