/** Where a slider can stand: the positions of a range input are indexes of such a list. */
export type Steps = readonly number[];

const DECADE = [1, 1.5, 2, 3, 5, 7];

/** 1 to 10^decades in steps that look even on a logarithmic scale. */
function logSteps(decades: number): number[] {
  const steps = Array.from({ length: decades }, (_, exponent) => DECADE.map((digit) => digit * 10 ** exponent)).flat();
  return [...steps, 10 ** decades];
}

const isWhole = (step: number): boolean => Number.isInteger(step);

export const RATE_STEPS: Steps = logSteps(6).filter(isWhole);
export const HOST_STEPS: Steps = logSteps(7).filter(isWhole);
export const FRESHNESS_STEPS: Steps = [0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

const MINUTES = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1_440];
export const WINDOW_STEPS: Steps = MINUTES.map((minutes) => minutes * 60);

/** The same with a value among them that a report or a link brings. */
export function withStep(steps: Steps, value: number): Steps {
  return steps.includes(value) ? steps : [...steps, value].sort((a, b) => a - b);
}
