/** Lambda's quotas that the runtime keeps. */
export const SYNC_PAYLOAD_BYTES = 6 * 1024 * 1024;
export const ASYNC_PAYLOAD_BYTES = 1024 * 1024;
export const LOG_TAIL_BYTES = 4 * 1024;
export const INIT_TIMEOUT_MS = 10_000;
