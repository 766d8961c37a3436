/** An error answer of the Lambda API. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  readonly status: number;
  /** Further members of the answer, for example the Reason of TooManyRequestsException. */
  readonly details: Record<string, string>;

  constructor(code: string, status: number, message: string, details: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', 400, message);
}

export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', 404, message);
}

export function conflict(message: string): ServiceError {
  return new ServiceError('ResourceConflictException', 409, message);
}

export function throttled(): ServiceError {
  return new ServiceError('TooManyRequestsException', 429, 'Rate Exceeded.', {
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
}
