import { type ObjectSchema, record, type Schema } from '#text/schema.ts';

/** The two paths, as the stack's context and all that is printed names them. */
export const PATH_NAMES = ['micro-batch', 'scheduled-batch'] as const;
export type PathName = (typeof PATH_NAMES)[number];

/** What figures of both paths stand under. */
export const PATH_KEYS = ['microBatch', 'scheduledBatch'] as const;
export type PathKey = (typeof PATH_KEYS)[number];

const NAMES: Readonly<Record<PathKey, PathName>> = { microBatch: 'micro-batch', scheduledBatch: 'scheduled-batch' };
const KEYS: Readonly<Record<PathName, PathKey>> = { 'micro-batch': 'microBatch', 'scheduled-batch': 'scheduledBatch' };

export function pathNameOf(key: PathKey): PathName {
  return NAMES[key];
}

export function pathKeyOf(name: PathName): PathKey {
  return KEYS[name];
}

/** The same of each path. */
export function ofBothPaths<Value>(schema: Schema<Value>, meaning = ''): ObjectSchema<Record<PathKey, Schema<Value>>> {
  return record(PATH_KEYS, schema, meaning);
}
