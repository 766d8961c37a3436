/** The stack cannot start. The message is one line for the user: what failed, the value, what was expected, what to do. */
export class EmbeddedStackError extends Error {
  override readonly name = 'EmbeddedStackError';
}

/** Message of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
