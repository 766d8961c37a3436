import type { Connection } from '../store/database.ts';
import type { Login } from './login.ts';
import { connectByUrl } from './url.ts';

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
