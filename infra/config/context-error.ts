/** A context value, or a combination of some, that no stack can be made of. */
export class ContextError extends RangeError {
  override readonly name = 'ContextError';
}
