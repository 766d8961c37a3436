import type { Connection } from '../store/database.ts';
import type { IamLogin } from './iam.ts';

/** How a function gets into its database. */
export type Login =
  /** A plain URL: emulators and the embedded runtime. */
  | { kind: 'url'; url: string }
  /** The ARN of a secret that holds a URL, or JSON as RDS writes it. */
  | { kind: 'secret'; secretArn: string }
  /** As a role that has `rds_iam`, by a token that is signed here. */
  | ({ kind: 'iam' } & IamLogin);

/**
 * What the store asks before it opens a connection, each time anew: a password changes, a token lasts 15 minutes.
 *
 * The modules of the kinds that need an SDK are loaded for these kinds only, from the environment's start on.
 */
export function connectionBy(login: Login): () => Promise<Connection> {
  switch (login.kind) {
    case 'url':
      return connectByUrl(login.url);
    case 'secret': {
      const loading = import('./secret.ts');
      return async () => (await loading).connectBySecret(login.secretArn);
    }
    case 'iam': {
      const loading = import('./iam.ts');
      return async () => (await loading).connectByToken(login);
    }
  }
}

/** As the driver reads a URL, TLS only where its `sslmode` asks for it: such a stack is pinned to the emulators' account. */
export function connectByUrl(url: string): () => Promise<Connection> {
  return async () => ({ connectionString: url });
}
