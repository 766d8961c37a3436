import { type Infer, number, object, text } from '#text/schema.ts';
import { excerptOf, type LogFormat } from './log-format.ts';

/** Number of unparsed lines that are kept as examples, and characters of each. */
const MAX_EXAMPLES = 100;
const MAX_EXAMPLE_CHARS = 120;

/** A line that was not sent. */
export const UNPARSED_LINE = object({
  line: number('', 'number of the line, from 1'),
  reason: text('why it was not sent'),
  text: text('its beginning, control characters escaped'),
});
export type UnparsedLine = Infer<typeof UNPARSED_LINE>;

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
