import { KEY_NAMES, KEYS, type Key, type RequiredKey } from './aggregations.ts';

/** Maximum length of a key, bytes of UTF-8. */
export const MAX_KEY_BYTES = 1024;

type Explanation = { expected: string; nextStep: string };

/** The reasons why a line can't be counted, each with the expected input and the next step for its owner. */
const REASONS = {
  invalid_utf8: { expected: 'UTF-8 text', nextStep: 'send uncompressed UTF-8' },
  invalid_json: {
    expected: 'one JSON object a line',
    nextStep: 'check for truncation and for newlines inside an object',
  },
  not_an_object: { expected: 'a JSON object', nextStep: 'send {"event_time": …, "host": …}' },
  missing_event_time: { expected: 'a string event_time', nextStep: 'add event_time in ISO 8601' },
  invalid_event_time: {
    expected: 'event_time as YYYY-MM-DDThh:mm:ss[.fraction][zone], a day and hour that exist',
    nextStep: 'send ISO 8601, such as 2026-01-31T23:59:59.999Z',
  },
  event_time_out_of_range: {
    expected: 'event_time from 0001-01-02T00:00:00Z to 9999-12-31T23:59:59.999Z',
    nextStep: "check the producer's unit of time",
  },
  event_time_in_the_future: {
    expected: 'event_time no further ahead of its arrival than maxFutureSkew',
    nextStep: "check the producer's clock and zone",
  },
} as const satisfies Record<string, Explanation>;

type KeyReason = `missing_${RequiredKey}` | `invalid_${Key}` | `${Key}_too_long` | `${Key}_not_storable`;
export type QuarantineReason = keyof typeof REASONS | KeyReason;

export const QUARANTINE_REASONS = {
  ...REASONS,
  ...Object.fromEntries(KEY_NAMES.flatMap(reasonsOf)),
} as Readonly<Record<QuarantineReason, Explanation>>;

function reasonsOf(key: Key): [string, Explanation][] {
  const limits: [string, Explanation][] = [
    [`${key}_too_long`, { expected: `${key} of up to ${MAX_KEY_BYTES} bytes of UTF-8`, nextStep: 'shorten it' }],
    [`${key}_not_storable`, { expected: `${key} without NUL and lone surrogates`, nextStep: 'escape it otherwise' }],
  ];
  if (KEYS[key].nullable) {
    const nextStep = 'quote it, or leave it out';
    return [[`invalid_${key}`, { expected: `${key} as a string or null`, nextStep }], ...limits];
  }
  return [
    [`missing_${key}`, { expected: `a string ${key}`, nextStep: `add ${key}; an empty string is a ${key}` }],
    [`invalid_${key}`, { expected: `${key} as a string`, nextStep: 'quote it' }],
    ...limits,
  ];
}

/** A line that could not be counted: its position in the stream, the reason and its bytes. */
export type QuarantinedLine = {
  shardId: string;
  sequenceNumber: string;
  /** Line number within its record, from 1, blank lines included. */
  position: number;
  reason: QuarantineReason;
  bytes: Uint8Array;
};
