/**
 * What the user gave cannot be used: a wrong option, an unreadable file, an unknown format.
 * The message is the one line to print (what, value, expected, next step); the command then exits with 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
