import { startCluster } from './cluster.ts';

/**
 * A process that keeps a PostgreSQL cluster for its parent and takes it down, folder and all, when the parent goes away:
 * by a clean stop, Ctrl-C or SIGKILL alike, its end of the channel closes.
 */
const channelClosed = new Promise<void>((resolve) => process.once('disconnect', resolve));
process.on('SIGTERM', () => process.disconnect());
process.on('SIGINT', () => undefined); // a terminal's Ctrl-C is the parent's to handle

try {
  const cluster = await startCluster();
  if (process.connected) process.send?.({ url: cluster.url });
  await channelClosed;
  await cluster.stop();
} catch (error) {
  process.send?.({ error: (error as Error).message });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}
