/** What the load expects to be counted for one line. */
export type LoadEvent = {
  /** Epoch milliseconds, a whole number. */
  readonly eventTimeMs: number;
  readonly host: string;
  /** null is a group of its own, and so is ''. */
  readonly referrer: string | null;
};

/** One line to send, with what must become of it. */
export type LoadLine = {
  /** Intended send time in ms since the load's start; 0 when the load goes as fast as possible. */
  readonly offsetMs: number;
  /** The line without 0x0A; bytes where it need not be valid UTF-8. */
  readonly text: string | Uint8Array;
  /** Lines with the same key keep their order. Any string: packing makes a legal Kinesis key of it. */
  readonly partitionKey: string;
  /** null: must end in quarantine. */
  readonly event: LoadEvent | null;
};

/** Whether lines of one host stay together and in order, or spread over the shards at random. */
export type PartitionBy = 'host' | 'random';
