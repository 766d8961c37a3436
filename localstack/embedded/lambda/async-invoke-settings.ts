/** What an EventInvokeConfig says about asynchronous invocations of a function. */
export type AsyncInvokeSettings = {
  functionName: string;
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
  onSuccessArn: string | null;
  onFailureArn: string | null;
};

/** Lambda's defaults, for a function without an EventInvokeConfig: two retries, six hours. */
export function defaultAsyncInvokeSettings(functionName: string): AsyncInvokeSettings {
  return {
    functionName,
    maximumRetryAttempts: 2,
    maximumEventAgeSeconds: 21_600,
    onSuccessArn: null,
    onFailureArn: null,
  };
}
