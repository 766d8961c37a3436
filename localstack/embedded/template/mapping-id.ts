import { createHash } from 'node:crypto';

/** A UUID for a mapping of the template, the same in every start: the template can refer to it before it exists. */
export function mappingId(physicalName: string): string {
  const hex = createHash('sha256').update(physicalName).digest('hex');
  // Version 8 (RFC 9562): a UUID by a rule of our own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
