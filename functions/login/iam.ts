import { Signer } from '@aws-sdk/rds-signer';
import type { Connection } from '../store/database.ts';
import { RDS_CAS, verifiedBy } from './tls.ts';

export type IamLogin = { host: string; port: number; database: string; user: string };

/**
 * Fields, not a URL: the driver would put a URL's `sslmode` in the place of the whole TLS object.
 *
 * @param cas PEM; who may have signed the server's certificate
 */
export async function connectByToken(login: IamLogin, cas: readonly string[] = RDS_CAS): Promise<Connection> {
  const { host, port, database, user } = login;
  // Signed here with the function's own credentials; nothing is asked over the network.
  const password = await new Signer({ hostname: host, port, username: user }).getAuthToken();
  return { host, port, database, user, password, ssl: verifiedBy(cas) };
}
