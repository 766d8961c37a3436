type Unit = {
  readonly noun: string;
  readonly seconds: number;
  /** From this number on, the next unit is used; one whole of the next unit uses it too. */
  readonly most: number;
};

const UNITS: readonly Unit[] = [
  { noun: 'second', seconds: 1, most: 60 },
  { noun: 'minute', seconds: 60, most: 120 },
  { noun: 'hour', seconds: 3_600, most: 48 },
  { noun: 'day', seconds: 86_400, most: Number.POSITIVE_INFINITY },
];

/**
 * A span of time in words, one decimal at most: `1 second`, `2.6 minutes`, `1 hour`. Minutes stay minutes up to two hours, so that
 * a window of 95 minutes is named exactly.
 *
 * @param seconds 0 or more
 */
export function formatSpan(seconds: number): string {
  const { amount, noun } = say(seconds);
  return `${amount} ${amount === '1' ? noun : `${noun}s`}`;
}

/** `6 to 9 minutes`; `50 minutes to 2 hours` where the units differ. */
export function formatSpans(fromSeconds: number, toSeconds: number): string {
  const from = say(fromSeconds);
  const start = from.noun === say(toSeconds).noun ? from.amount : formatSpan(fromSeconds);
  return `${start} to ${formatSpan(toSeconds)}`;
}

function say(seconds: number): { readonly amount: string; readonly noun: string } {
  for (const [index, unit] of UNITS.entries()) {
    // The rounded number decides, so 59.97 seconds are written as 1 minute.
    const amount = Math.round((seconds / unit.seconds) * 10) / 10;
    const isOneOfNext = amount * unit.seconds === UNITS[index + 1]?.seconds;
    if (amount < unit.most && !isOneOfNext) return { amount: amount.toLocaleString('en-US'), noun: unit.noun };
  }
  throw new RangeError(`Invalid span '${seconds}': expected seconds, 0 or more`);
}
