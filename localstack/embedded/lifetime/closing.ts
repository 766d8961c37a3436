type Closable = { close(): unknown };

/** Things to close, the newest first. `close` can be called twice: the second call waits for the first. */
export function closeInReverse(): { add<Thing extends Closable>(thing: Thing): Thing; close(): Promise<void> } {
  const open: Closable[] = [];
  let closed: Promise<void> | null = null;

  const closeAll = async () => {
    for (const thing of open.reverse()) await thing.close();
  };

  return {
    add(thing) {
      open.push(thing);
      return thing;
    },
    close() {
      closed ??= closeAll();
      return closed;
    },
  };
}
