import type { Config } from '../config/config.ts';
import type { Database } from '../database/login.ts';
import type { EventStream } from '../stream/event-stream.ts';

/** What either path is made from. */
export type PathProps = {
  config: Config;
  events: EventStream;
  database: Database;
  environment: Record<string, string>;
};
