import {
  afterDiscard,
  afterInvocation,
  afterRead,
  type BatchOutcome,
  type DeliverySettings,
  type DiscardReason,
  nextAction,
  type StreamRecord,
  startDelivery,
} from '#localstack/embedded/mapping/delivery.ts';

/** An invocation or a discard on a shard. Records are named by their sequence numbers. */
export type Happening =
  | { invoked: string[]; atMs: number }
  | { discarded: string[]; reason: DiscardReason; invocations: number; atMs: number };

export const SETTINGS: DeliverySettings = {
  batchSize: 100,
  batchingWindowMs: 0,
  bisectOnError: false,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
};

export function record(sequenceNumber: number, arrivalMs = 0, sizeBytes = 1000): StreamRecord {
  return { sequenceNumber: String(sequenceNumber), arrivalMs, json: '{}', sizeBytes };
}

/** Records 1 to `count`, all with arrival time 0. */
export function records(count: number): StreamRecord[] {
  return Array.from({ length: count }, (_none, index) => record(index + 1));
}

/**
 * Runs one closed shard from its first record to its end, on a clock that moves only while nothing is to do.
 * @param pages results of its reads
 * @param answer outcome of each invocation
 */
export function simulate(
  pages: StreamRecord[][],
  settings: Partial<DeliverySettings>,
  answer: (invoked: string[], attempt: number) => BatchOutcome,
  mostSteps = 10_000,
): Happening[] {
  const all = { ...SETTINGS, ...settings };
  const happenings: Happening[] = [];
  const pending = [...pages];
  let state = startDelivery(0, null);
  let nowMs = 0;
  let attempt = 0;

  for (let step = 0; step < mostSteps; step += 1) {
    const next = nextAction(state, all, nowMs);
    state = next.state;
    const { action } = next;
    if (action.kind === 'done') return happenings;
    if (action.kind === 'wait') nowMs = Math.max(nowMs + 1, action.untilMs);
    if (action.kind === 'read') {
      const page = pending.shift() ?? [];
      state = afterRead(state, all, page, pending.length === 0, nowMs, nowMs);
    }
    if (action.kind === 'invoke') {
      const invoked = action.batch.records.map(({ sequenceNumber }) => sequenceNumber);
      happenings.push({ invoked, atMs: nowMs });
      attempt += 1;
      state = afterInvocation(state, all, answer(invoked, attempt), nowMs);
    }
    if (action.kind === 'discard') {
      const discarded = action.records.map(({ sequenceNumber }) => sequenceNumber);
      happenings.push({ discarded, reason: action.reason, invocations: action.invocations, atMs: nowMs });
      state = afterDiscard(state, action.records.length, nowMs);
    }
  }
  throw new Error(`The shard was not through after ${mostSteps} steps`);
}

/** Invocations and discards as texts: "1-3" for an invocation, "!4" for a discarded record. */
export function outline(happenings: Happening[]): string[] {
  return happenings.map((happening) =>
    'invoked' in happening ? range(happening.invoked) : `!${range(happening.discarded)}`,
  );
}

function range(sequenceNumbers: string[]): string {
  const first = sequenceNumbers[0] ?? '';
  const last = sequenceNumbers.at(-1) ?? '';
  return first === last ? first : `${first}-${last}`;
}
