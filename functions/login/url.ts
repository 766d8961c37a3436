import type { Connection } from '../store/database.ts';

/** As the driver reads a URL, TLS only where its `sslmode` asks for it: such a stack is pinned to the emulators' account. */
export function connectByUrl(url: string): () => Promise<Connection> {
  return async () => ({ connectionString: url });
}
