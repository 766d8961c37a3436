/**
 * The load cannot go on: Kinesis refused a call for good, or nobody knows whether it took one.
 * The message is one line: what, where, why, next step.
 */
export class SendError extends Error {
  override readonly name = 'SendError';
}
