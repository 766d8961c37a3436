import { EmbeddedStackError } from '../errors.ts';

/** Finds a value in an event; undefined when it is not there. */
export type ValueFinder = (event: unknown) => unknown;

const PATH = /^\$(?:\.[\w-]+|\[\d+\])*$/;
const STEP = /\.([\w-]+)|\[(\d+)\]/g;

/**
 * Reads a JSON path of names and list indices: `$`, `$.detail.instance-id`, `$.resources[0]`.
 * @param place says where the path stands, for errors
 * @throws EmbeddedStackError for any other path
 */
export function readJsonPath(path: string, place: string): ValueFinder {
  if (!PATH.test(path)) {
    throw new EmbeddedStackError(
      `Cannot read ${place}: got the path '${path}', expected names and indices such as $.detail.items[0]; ` +
        'simplify it, or extend localstack/embedded/events/json-path.ts',
    );
  }
  const steps = [...path.matchAll(STEP)].map(([, name, index]) => name ?? index ?? '');
  return (event) =>
    steps.reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, step)
          ? (value as Record<string, unknown>)[step]
          : undefined,
      event,
    );
}
