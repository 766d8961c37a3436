import { EmbeddedStackError, messageOf } from '../embedded/errors.ts';
import { type Keeper, startKeeper } from '../embedded/lifetime/start-keeper.ts';

/** An emulator of AWS on this machine, the URL of all its services, and its end. */
export type Ministack = Keeper;

/**
 * Starts MiniStack, empty, on a port that the system chooses. It ends with all functions that it runs, and what it keeps
 * goes, on `close` and also when this process ends in any other way.
 *
 * @param python where `installMinistack` has put it
 * @throws EmbeddedStackError with its last line where it can't start
 */
export async function startMinistack(python: string): Promise<Ministack> {
  try {
    return await startKeeper(new URL('keeper.ts', import.meta.url), [python]);
  } catch (cause) {
    throw new EmbeddedStackError(`MiniStack can't start here: ${messageOf(cause)}`, { cause });
  }
}
