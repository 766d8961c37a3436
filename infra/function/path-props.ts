import type { Config } from '../config/config.ts';
import type { Database } from '../database/login.ts';
import type { EventStream } from '../stream/event-stream.ts';

/** Inputs of either path. */
export type PathProps = {
  config: Config;
  events: EventStream;
  database: Database;
  environment: Record<string, string>;
};
