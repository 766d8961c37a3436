/** `1 event`, `1,000 hosts`, `0.25 events`: a decimal at most, but for what that would round to nothing. */
export function plural(count: number, noun: string): string {
  const digits = count < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 1 };
  const text = count.toLocaleString('en-US', digits);
  return `${text} ${text === '1' ? noun : `${noun}s`}`;
}
