import { fullBatchLength } from './batch-size.ts';
import { type Action, type Batch, type DeliverySettings, type DeliveryState, newBatch } from './delivery-state.ts';

/** What to do now, and the state to go on from: a due batch has been cut from the buffer. */
export function nextAction(
  state: DeliveryState,
  settings: DeliverySettings,
  nowMs: number,
): { state: DeliveryState; action: Action } {
  const [batch] = state.batches;
  if (batch !== undefined) return { state, action: actionFor(batch, settings, nowMs) };

  const { buffer, windowStartMs } = state;
  if (buffer.length > 0 && windowStartMs !== null) {
    const { length, isFull } = fullBatchLength(buffer, settings.batchSize);
    const windowEndMs = windowStartMs + settings.batchingWindowMs;
    if (isFull || state.ended || nowMs >= windowEndMs)
      return nextAction(cutBatch(state, length, nowMs), settings, nowMs);
    if (nowMs < state.nextReadMs)
      return { state, action: { kind: 'wait', untilMs: Math.min(state.nextReadMs, windowEndMs) } };
  }
  if (state.ended) return { state, action: { kind: 'done' } };
  if (nowMs < state.nextReadMs) return { state, action: { kind: 'wait', untilMs: state.nextReadMs } };
  return { state, action: { kind: 'read' } };
}

function actionFor(batch: Batch, settings: DeliverySettings, nowMs: number): Action {
  const { records, failures, invocations, notBeforeMs } = batch;
  const maximumAgeMs =
    settings.maximumRecordAgeSeconds < 0 ? Number.POSITIVE_INFINITY : settings.maximumRecordAgeSeconds * 1000;
  const firstYoung = records.findIndex((record) => nowMs - record.arrivalMs <= maximumAgeMs);
  const expired = firstYoung < 0 ? records : records.slice(0, firstYoung);
  if (expired.length > 0) return { kind: 'discard', reason: 'RecordAgeExceeded', records: expired, invocations };

  const { maximumRetryAttempts } = settings;
  if (maximumRetryAttempts >= 0 && failures > maximumRetryAttempts) {
    return { kind: 'discard', reason: 'RetryAttemptsExhausted', records, invocations };
  }
  if (nowMs >= notBeforeMs) return { kind: 'invoke', batch };
  const expiryMs = (records[0]?.arrivalMs ?? nowMs) + maximumAgeMs + 1;
  return { kind: 'wait', untilMs: Math.min(notBeforeMs, expiryMs) };
}

function cutBatch(state: DeliveryState, length: number, nowMs: number): DeliveryState {
  const buffer = state.buffer.slice(length);
  return {
    ...state,
    batches: [newBatch(state.buffer.slice(0, length), nowMs)],
    buffer,
    windowStartMs: buffer.length === 0 ? null : nowMs,
  };
}
