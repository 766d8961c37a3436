import { CONNECT_TIMEOUT_MS } from './store/database.ts';

// What a scheduled batch keeps of its time and memory; the benchmark's model cuts runs by the same.

/** Of its time, for the commit: connecting again, since a database pauses while nobody asks it, and the statement. */
export const COMMIT_RESERVE_MS = CONNECT_TIMEOUT_MS + 5_000;
/** And for each row that it holds. */
export const COMMIT_RESERVE_MS_PER_ROW = 0.1;
/** That its counts may take; the statement's arrays and their text take about as much again. */
export const STATE_SHARE_OF_MEMORY = 0.25;
/** That the pages read at once may take; a page takes its size three times: as answer, as base64, as records. */
export const PAGES_SHARE_OF_MEMORY = 0.1;
