import { PATHS, type Path } from '../core/paths.ts';

const RUN_ID = /^[a-z0-9]{4,32}$/;

/** The schema of a benchmark run's path. @throws RangeError where the id isn't one of ours: the name goes into SQL. */
export function runSchema(runId: string, path: Path): string {
  if (!RUN_ID.test(runId))
    throw new RangeError(`Invalid run '${runId}': expected 4 to 32 lowercase letters and digits`);
  return `run_${runId}_${PATHS[path].schema}`;
}

/** The schema of the deployed stream's path: the path's own, unless the stack was told to count into a run's. */
export function deployedSchema(path: Path, deployed: { deployedRun: string | null }): string {
  return deployed.deployedRun === null ? PATHS[path].schema : runSchema(deployed.deployedRun, path);
}

/**
 * The schema that a path writes to follows from the stream's name: the deployed stream has the path's own, a run's stream
 * `<prefix><id>` has the run's. So no function is reconfigured for a run, and no event is counted elsewhere.
 */
export function schemaOfStream(
  stream: string,
  path: Path,
  deployed: { stream: string; runPrefix: string; deployedRun: string | null },
): string {
  if (stream === deployed.stream) return deployedSchema(path, deployed);
  if (stream.startsWith(deployed.runPrefix)) return runSchema(stream.slice(deployed.runPrefix.length), path);
  throw new RangeError(
    `Unknown stream '${stream}': expected '${deployed.stream}' or '${deployed.runPrefix}<id>'; remove the mapping that reads it`,
  );
}
