/** Most bytes of UTF-8 that a host or a referrer may have and still be a key. */
export const MAX_KEY_BYTES = 1024;

/** Why a line can't be counted, with what was expected and what its owner can do. */
export const QUARANTINE_REASONS = {
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
  missing_host: { expected: 'a string host', nextStep: 'add host; an empty string is a host' },
  invalid_host: { expected: 'host as a string', nextStep: 'quote it' },
  host_too_long: { expected: `host of up to ${MAX_KEY_BYTES} bytes of UTF-8`, nextStep: 'shorten it' },
  host_not_storable: { expected: 'host without NUL and lone surrogates', nextStep: 'escape it otherwise' },
  invalid_referrer: { expected: 'referrer as a string or null', nextStep: 'quote it, or leave it out' },
  referrer_too_long: { expected: `referrer of up to ${MAX_KEY_BYTES} bytes of UTF-8`, nextStep: 'shorten it' },
  referrer_not_storable: { expected: 'referrer without NUL and lone surrogates', nextStep: 'escape it otherwise' },
} as const satisfies Record<string, { expected: string; nextStep: string }>;

export type QuarantineReason = keyof typeof QUARANTINE_REASONS;

/** A line that was set aside: where it stands in the stream, why, and its bytes. */
export type QuarantinedLine = {
  shardId: string;
  sequenceNumber: string;
  /** Which line of its record, from 1; blank lines count. */
  position: number;
  reason: QuarantineReason;
  bytes: Uint8Array;
};
