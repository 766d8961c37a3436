import type { Connection } from '../store/database.ts';
import type { IamLogin } from './iam.ts';

/** The way in which a function logs in to its database. */
export type Login =
  /** By a plain URL, for emulators and the embedded runtime. */
  | { kind: 'url'; url: string }
  /** By a secret that holds a URL, or JSON in the format of RDS. */
  | { kind: 'secret'; secretArn: string }
  /** By an IAM token, as a role that has `rds_iam`. */
  | ({ kind: 'iam' } & IamLogin);

/**
 * Returns the function that gives the store its connection parameters. The store calls it before each connection,
 * because passwords change and a token is valid for 15 minutes.
 *
 * A module that needs an SDK is loaded only for its kind of login; loading begins when the environment starts.
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

/** The driver uses TLS only if the URL's `sslmode` says so. Such a stack deploys to the emulators' account only. */
export function connectByUrl(url: string): () => Promise<Connection> {
  return async () => ({ connectionString: url });
}
