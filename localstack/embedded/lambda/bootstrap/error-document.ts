/** An error as Lambda answers it. */
export type ErrorDocument = { errorType: string; errorMessage: string; trace: string[] };

export function describeError(error: unknown): ErrorDocument {
  if (error instanceof Error) {
    return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}
