import type { Display } from '#bench/run/display.ts';

/** A display that shows nothing and tells a test what it was told: steps, and the phase of what is in progress. */
export function tellDisplay(onTold: (text: string) => void = () => undefined): Display {
  return { step: onTold, progress: ({ phase }) => onTold(phase), done: () => undefined };
}
