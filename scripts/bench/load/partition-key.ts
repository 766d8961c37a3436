/** Kinesis takes partition keys of 1 to 256 characters. */
const MAX_KEY_CHARS = 256;

/** The key itself where Kinesis takes it, else a name for it; lines with the same key keep sharing one. */
export function toPartitionKey(key: string): string {
  return key.length >= 1 && key.length <= MAX_KEY_CHARS ? key : `hashed-${hashOf(key)}`;
}

/** One of `buckets` partition keys, so that lines of different keys can share a record and those of one key do. */
export function toBucketKey(key: string, buckets: number): string {
  return `bucket-${hashOf(key) % buckets}`;
}

/** FNV-1a over UTF-16 code units: cheap, and the same on every machine. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
