/** Records that an event source mapping hands to one invocation at most; AWS documentation. */
export const MOST_BATCH_RECORDS = 10_000;
