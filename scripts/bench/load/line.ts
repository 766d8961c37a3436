import type { EventKeys } from '#functions/contract.ts';

/** The event that must be counted for one line. */
export type LoadEvent = Readonly<EventKeys> & {
  /** Epoch milliseconds, a whole number. */
  readonly eventTimeMs: number;
};

/** One line to send, and the event that it must be counted as. */
export type LoadLine = {
  /** Intended send time in ms since the load's start; 0 when the load goes as fast as possible. */
  readonly offsetMs: number;
  /** The line without 0x0A. It is bytes where it may be invalid UTF-8. */
  readonly text: string | Uint8Array;
  /** Lines with the same key keep their order. Any string is allowed; packing makes a legal Kinesis key of it. */
  readonly partitionKey: string;
  /** null: the line must end in quarantine. */
  readonly event: LoadEvent | null;
};

/** `host`: the lines of one host stay together and in order. `random`: lines spread over all shards. */
export type PartitionBy = 'host' | 'random';
