import type { Server } from 'node:http';
import { createRequire } from 'node:module';

/** Types for the parts of kinesalite that the child program uses. kinesalite has no types. */
type StoredRecord = { value: { Data: string; ApproximateArrivalTimestamp: number }; key: string };

export type RecordStream = AsyncIterable<StoredRecord>;

type StreamStore = {
  createReadStream(options: Record<string, unknown>): RecordStream;
  batch(operations: unknown[], callback: (error?: unknown) => void): void;
};

export type Store = { getStreamDb(streamName: string): StreamStore };

type ActionCallback = (error: unknown, data?: Record<string, unknown>) => void;

export type Action = (store: Store, input: Record<string, unknown>, callback: ActionCallback) => void;

export type Kinesalite = {
  createServer(options: Record<string, unknown>): Server;
  clientError(type: string, message: string): Error;
  createShardIterator(streamName: string, shardId: string, sequenceNumber: string): string;
  shardIxToHex(shardIndex: number): string;
  iteratorKey: Buffer;
  iteratorIv: Buffer;
};

/**
 * Loads kinesalite and wraps some of its actions. Requests in JSON and in CBOR both go through the wrappers.
 * @param modulePath any file of the package
 */
export function loadKinesalite(
  modulePath: string,
  wrappers: Record<string, (original: Action, kinesalite: Kinesalite) => Action>,
): Kinesalite {
  const load = createRequire(modulePath);
  const db = load('./db') as Omit<Kinesalite, 'createServer' | 'iteratorKey' | 'iteratorIv'> & {
    ITERATOR_PWD_KEY: Buffer;
    ITERATOR_PWD_IV: Buffer;
  };
  const kinesalite: Kinesalite = {
    createServer: (options) => (load('./index.js') as (options: unknown) => Server)(options),
    clientError: db.clientError,
    createShardIterator: db.createShardIterator,
    shardIxToHex: db.shardIxToHex,
    iteratorKey: db.ITERATOR_PWD_KEY,
    iteratorIv: db.ITERATOR_PWD_IV,
  };
  for (const [name, wrap] of Object.entries(wrappers)) {
    const path = load.resolve(`./actions/${name}.js`);
    const original = load(path) as Action;
    // index.js takes its actions from the module cache on first load, so a wrapper goes there.
    const cached = load.cache[path];
    if (cached !== undefined) cached.exports = wrap(original, kinesalite);
  }
  return kinesalite;
}
