/** The order in which they are verified and shown. */
export const BOTH_PATHS = ['micro_batch', 'scheduled_batch'] as const;
