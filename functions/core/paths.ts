/**
 * The two paths. Code and JSON call a path by its key; `name` is for people, the command line and CloudFormation, and
 * `schema` is for SQL.
 */
export const PATHS = {
  microBatch: { name: 'micro-batch', schema: 'micro_batch' },
  scheduledBatch: { name: 'scheduled-batch', schema: 'scheduled_batch' },
} as const;

export type Path = keyof typeof PATHS;
export type PathName = (typeof PATHS)[Path]['name'];

export const BOTH_PATHS = Object.keys(PATHS) as readonly Path[];
export const PATH_NAMES: readonly PathName[] = BOTH_PATHS.map((path) => PATHS[path].name);
export const PATH_BY_NAME = Object.fromEntries(BOTH_PATHS.map((path) => [PATHS[path].name, path])) as Readonly<
  Record<PathName, Path>
>;

/** Builds a record with one value for each path. */
export function forBothPaths<Value>(of: (path: Path) => Value): Record<Path, Value> {
  return Object.fromEntries(BOTH_PATHS.map((path) => [path, of(path)])) as Record<Path, Value>;
}
