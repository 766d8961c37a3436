import { excerptOf, type LogFormat } from './log-format.ts';

/** Number of unparsed lines that are kept as examples, and characters of each. */
const MAX_EXAMPLES = 100;
const MAX_EXAMPLE_CHARS = 120;

/** A line that was not sent. */
export type UnparsedLine = {
  /** 1-based. */
  readonly line: number;
  readonly reason: string;
  /** Beginning of the line, control characters escaped. */
  readonly text: string;
};

/** Counts of a replay. They grow while lines are drawn, and are complete when the lines have ended. */
export type ReplaySummary = {
  /** null until the format is known. */
  format: LogFormat | null;
  /** Lines of the input: sent + blank + unparsed. */
  linesRead: number;
  /** Lines of spaces, tabs and CR only, which the product ignores. */
  blankLines: number;
  /** Lines that could not be sent; `examples` are the first hundred. */
  readonly unparsed: { count: number; readonly examples: UnparsedLine[] };
};

/** Creates an empty summary for `replayLines`. */
export function createReplaySummary(): ReplaySummary {
  return { format: null, linesRead: 0, blankLines: 0, unparsed: { count: 0, examples: [] } };
}

/** Counts a line that could not be sent, and keeps it while there is room for examples. */
export function addUnparsed(summary: ReplaySummary, line: number, reason: string, bytes: Uint8Array): void {
  const { unparsed } = summary;
  unparsed.count += 1;
  if (unparsed.examples.length >= MAX_EXAMPLES) return;
  const text = excerptOf(new TextDecoder().decode(bytes.subarray(0, 4 * MAX_EXAMPLE_CHARS)), MAX_EXAMPLE_CHARS);
  unparsed.examples.push({ line, reason, text });
}
