/** Records that an event source mapping hands to one invocation at most; AWS documentation. */
export const MOST_BATCH_RECORDS = 10_000;

/** The longest batching window that Lambda allows, s. */
export const MOST_BATCHING_WINDOW_SECONDS = 300;
