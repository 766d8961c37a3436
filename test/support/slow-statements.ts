import { vi } from 'vitest';
import type { TestPath } from './test-path.ts';

/** Makes each statement hold its locks for a while before it ends, so that the other one surely meets them. */
export async function slowDown(path: TestPath): Promise<void> {
  await path.query(
    `create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.15); return new; end $$`,
  );
  await path.query(`create trigger slow before insert on ledger for each row execute function slow()`);
}

/** Makes a statement by the application `zombie` sleep between reading its snapshot and moving its checkpoint. */
export async function delayZombie(path: TestPath, seconds = 0.3): Promise<void> {
  await path.query(
    `create function nap() returns trigger language plpgsql as $$ begin
       if current_setting('application_name') = 'zombie' then perform pg_sleep(${seconds}); end if;
       return new;
     end $$`,
  );
  await path.query(`create trigger nap before insert on shard_checkpoint for each row execute function nap()`);
}

/** Waits until an application's statement is in one of these sleeps. */
export async function untilAsleep(path: TestPath, application: string): Promise<void> {
  await vi.waitUntil(
    async () => {
      const asleep = `select from pg_stat_activity
        where datname = current_database() and application_name = $1 and wait_event = 'PgSleep'`;
      return (await path.query(asleep, [application])).length > 0;
    },
    { timeout: 10_000, interval: 10 },
  );
}
