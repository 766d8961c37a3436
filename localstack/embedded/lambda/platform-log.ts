/** Figures of one invocation, as Lambda reports them. */
export type ReportMetrics = {
  durationMs: number;
  /** Only for the invocation that waited for a cold start. */
  initDurationMs?: number;
  memorySizeMB: number;
  maxMemoryUsedMB: number;
};

export type InvocationStatus = 'success' | 'error' | 'timeout';

/** The line that opens an invocation's log. */
export function platformStart(requestId: string, nowMs: number): string {
  return platformLine('platform.start', { requestId, version: '$LATEST' }, nowMs);
}

/** The line that ends an invocation's log. INIT is billed like the rest, to the next whole millisecond. */
export function platformReport(
  requestId: string,
  status: InvocationStatus,
  errorType: string | null,
  metrics: ReportMetrics,
  nowMs: number,
): string {
  const { durationMs, initDurationMs, memorySizeMB, maxMemoryUsedMB } = metrics;
  const record = {
    requestId,
    status,
    ...(errorType === null ? {} : { errorType }),
    metrics: {
      durationMs: toHundredths(durationMs),
      billedDurationMs: Math.ceil(durationMs + (initDurationMs ?? 0)),
      memorySizeMB,
      maxMemoryUsedMB,
      ...(initDurationMs === undefined ? {} : { initDurationMs: toHundredths(initDurationMs) }),
    },
  };
  return platformLine('platform.report', record, nowMs);
}

function platformLine(type: string, record: object, nowMs: number): string {
  return JSON.stringify({ time: new Date(nowMs).toISOString(), type, record });
}

function toHundredths(ms: number): number {
  return Math.round(ms * 100) / 100;
}
