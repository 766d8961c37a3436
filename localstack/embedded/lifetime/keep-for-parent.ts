/** Something that runs in a process of its own, where it can be reached, and its end. */
export type Kept = { url: string; stop(): Promise<void> };

/**
 * The program of a keeper: starts something for the parent process and takes it down when the parent goes away, by a clean
 * stop, Ctrl-C or SIGKILL alike: its end of the channel closes.
 */
export async function keepForParent(start: () => Promise<Kept>): Promise<void> {
  const channelClosed = new Promise<void>((resolve) => process.once('disconnect', resolve));
  process.on('SIGTERM', () => process.disconnect());
  process.on('SIGINT', () => undefined); // a terminal's Ctrl-C is the parent's to handle
  try {
    const { url, stop } = await start();
    if (process.connected) process.send?.({ url });
    await channelClosed;
    await stop();
  } catch (error) {
    process.send?.({ error: (error as Error).message });
    process.exitCode = 1;
    if (process.connected) process.disconnect();
  }
}
