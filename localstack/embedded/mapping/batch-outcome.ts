import type { BatchOutcome, StreamRecord } from './delivery.ts';

/** The part of a function's answer that the mapping reads. */
type BatchAnswer = { functionError: string | null; payload: Buffer };

/**
 * Reads the answer to a batch by the rules of ReportBatchItemFailures. Everything from the lowest failed sequence number
 * on is retried. No list or an empty one is success. An empty, missing or unknown identifier fails the whole batch, and
 * so does an answer that is not an object.
 */
export function readBatchOutcome(
  answer: BatchAnswer | null,
  records: readonly StreamRecord[],
  reportsItemFailures: boolean,
): BatchOutcome {
  if (answer === null) return { kind: 'throttled' };
  if (answer.functionError !== null) return { kind: 'failed' };
  if (!reportsItemFailures) return { kind: 'succeeded' };

  const failures = itemFailures(answer.payload);
  if (failures === null) return { kind: 'failed' };
  if (failures.length === 0) return { kind: 'succeeded' };
  const positions = new Map(records.map(({ sequenceNumber }, index) => [sequenceNumber, index]));
  let doneCount = records.length;
  for (const failure of failures) {
    const position = positions.get(String(identifierOf(failure)));
    if (position === undefined) return { kind: 'failed' };
    doneCount = Math.min(doneCount, position);
  }
  return { kind: 'partial', doneCount };
}

/** The list of failures, empty for none; null for an invalid answer. */
function itemFailures(payload: Buffer): unknown[] | null {
  const text = payload.toString('utf8').trim();
  if (text === '') return [];
  let response: unknown;
  try {
    response = JSON.parse(text);
  } catch {
    return null;
  }
  if (response === null) return [];
  if (typeof response !== 'object' || Array.isArray(response)) return null;
  const failures = (response as { batchItemFailures?: unknown }).batchItemFailures ?? [];
  return Array.isArray(failures) ? failures : null;
}

function identifierOf(failure: unknown): unknown {
  return typeof failure === 'object' && failure !== null
    ? (failure as { itemIdentifier?: unknown }).itemIdentifier
    : null;
}
