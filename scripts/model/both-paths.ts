import { BOTH_PATHS, type Path } from '#functions/contract.ts';
import { type ObjectSchema, record, type Schema } from '#text/schema.ts';

/** An object with the same field for each path. */
export function ofBothPaths<Value>(schema: Schema<Value>, meaning = ''): ObjectSchema<Record<Path, Schema<Value>>> {
  return record(BOTH_PATHS, schema, meaning);
}
