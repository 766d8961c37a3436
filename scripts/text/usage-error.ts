/**
 * The user's input cannot be used: a wrong option, an unreadable file, an unknown format. The message is the one line to print (what
 * failed, the value, what was expected, the next step); the command then exits with code 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
