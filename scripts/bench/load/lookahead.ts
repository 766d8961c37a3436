import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** How long a source that does I/O may take before it counts as having nothing yet. */
const GRACE_MS = 10;

/** The next item of a source; 'pending' while it makes one wait. */
export type Ahead<Item> = { readonly item: Item } | 'pending' | 'ended';

/** Looks at the next item of a source without taking it. */
export type Lookahead<Item> = {
  /** Waits for the next item as long as it takes. */
  readonly wait: () => Promise<Ahead<Item>>;
  /** Waits a few ms at most, so that what is already due need not wait for a slow source. */
  readonly peek: () => Promise<Ahead<Item>>;
  /** Takes the item last seen. */
  readonly take: () => void;
  /** Ends the source early; does not wait for one that is blocked. */
  readonly close: () => void;
};

export function lookAhead<Item>(source: AsyncIterable<Item>): Lookahead<Item> {
  const iterator = source[Symbol.asyncIterator]();
  let seen: Ahead<Item> = 'pending';
  let drawing: Promise<void> | null = null;

  async function draw(): Promise<void> {
    const next = await iterator.next();
    seen = next.done ? 'ended' : { item: next.value };
    drawing = null;
  }

  async function wait(): Promise<Ahead<Item>> {
    if (seen === 'pending') {
      drawing ??= draw();
      await drawing;
    }
    return seen;
  }

  async function peek(): Promise<Ahead<Item>> {
    if (seen !== 'pending') return seen;
    drawing ??= draw();
    await Promise.race([drawing, nextTurn()]);
    if (seen === 'pending') await Promise.race([drawing, sleep(GRACE_MS)]);
    return seen;
  }

  function close(): void {
    // A failure to close is no failure of the load, and one of an abandoned draw concerns nobody any more.
    drawing?.catch(() => undefined);
    iterator.return?.().catch(() => undefined);
  }

  return {
    wait,
    peek,
    take: () => {
      if (seen !== 'ended') seen = 'pending';
    },
    close,
  };
}
