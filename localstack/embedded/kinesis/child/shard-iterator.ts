import { createDecipheriv } from 'node:crypto';
import type { Kinesalite } from './kinesalite.ts';

/** The shard that an iterator of kinesalite points into, as "stream/shard", or null for what is not an iterator. */
export function shardOfIterator(iterator: unknown, kinesalite: Kinesalite): string | null {
  if (typeof iterator !== 'string') return null;
  try {
    const decipher = createDecipheriv('aes-256-cbc', kinesalite.iteratorKey, kinesalite.iteratorIv);
    // Eight bytes of version come first, then time/stream/shard/sequence number/padding.
    const encrypted = Buffer.from(iterator, 'base64').subarray(8);
    const pieces = Buffer.concat([decipher.update(encrypted), decipher.final()])
      .toString('utf8')
      .split('/');
    return pieces.length === 5 ? `${pieces[1]}/${pieces[2]}` : null;
  } catch {
    return null;
  }
}
