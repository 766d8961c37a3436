/**
 * `1 event`, `1,000 hosts`, `0.25 events`.
 *
 * @param format writes the number; else with a decimal at most, but for what that would round to nothing
 */
export function plural(count: number, noun: string, format = formatBriefly): string {
  const text = format(count);
  return `${text} ${text === '1' ? noun : `${noun}s`}`;
}

function formatBriefly(count: number): string {
  const digits = count < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 1 };
  return count.toLocaleString('en-US', digits);
}
