// What a phase is run with whatever the options say: its run, its cost and its length follow from the same.

export const CALIBRATION_WINDOW_MS = 60_000;

/** Records per micro-batch of a calibration, but for its large chunks: those may have as many as a mapping takes. */
export const CALIBRATION_BATCH_SIZE = 200;

/** About as many as a PUT unit of 25 KB holds. */
export const DRAIN_EVENTS_PER_RECORD = 128;
