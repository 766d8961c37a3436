import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Time that a source may take for I/O before it counts as having no item yet, ms. */
const GRACE_MS = 10;

/** The next item of a source, or 'pending' while no item is ready. */
export type Ahead<Item> = { readonly item: Item } | 'pending' | 'ended';

/** Looks at the next item of a source without taking it. */
export type Lookahead<Item> = {
  /** Waits for the next item as long as it takes. */
  readonly wait: () => Promise<Ahead<Item>>;
  /** Waits a few ms at most, so that records that are due do not wait for a slow source. */
  readonly peek: () => Promise<Ahead<Item>>;
  /** Takes the item last seen. */
  readonly take: () => void;
  /** Ends the source early. It does not wait for a source that is blocked. */
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
    // The load is over: a source that fails to close, or fails in an abandoned draw, must not fail the load.
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
