import { Signer } from '@aws-sdk/rds-signer';
import type { Connection } from '../store/database.ts';
import { RDS_CAS, verifiedBy } from './tls.ts';

export type IamLogin = { host: string; port: number; database: string; user: string };

/**
 * Signs an IAM token for a connection. The connection is given as fields, because the driver lets the `sslmode` of a
 * URL replace the whole TLS object.
 *
 * @param cas certificate authorities (PEM), one of which must have signed the server's certificate
 */
export async function connectByToken(login: IamLogin, cas: readonly string[] = RDS_CAS): Promise<Connection> {
  const { host, port, database, user } = login;
  // The token is signed locally with the function's own credentials, without a request over the network.
  const password = await new Signer({ hostname: host, port, username: user }).getAuthToken();
  return { host, port, database, user, password, ssl: verifiedBy(cas) };
}
