/** A start that cannot succeed as asked: the message is one line for the user (what, value, expected, next step). */
export class EmbeddedStackError extends Error {
  override readonly name = 'EmbeddedStackError';
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
