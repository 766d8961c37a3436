/** Least and most of what a scenario may be changed to, by an option of a command or by a link to the page. */
export const SCENARIO_RANGES = {
  eventsPerSecond: [1, 10_000_000],
  hosts: [1, 10_000_000],
  windowSeconds: [60, 86_400],
  freshnessUsd: [0, 1_000_000_000],
} as const satisfies Readonly<Record<string, readonly [least: number, most: number]>>;
