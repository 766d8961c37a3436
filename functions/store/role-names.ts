import { forBothPaths, type Path } from '../core/paths.ts';

/** What each function logs in as, where it has a role of its own. */
export type Roles = Record<Path | 'results', string>;

/** What needs no quotes and is not cut short: the names go into SQL. */
const ROLE = /^[a-z_][a-z0-9_]{0,62}$/;

/** @throws RangeError naming the first role that is missing or isn't a plain name */
export function parseRoles(value: unknown): Roles {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const take = (key: keyof Roles): string => {
    const name = given[key];
    if (typeof name === 'string' && ROLE.test(name)) return name;
    throw new RangeError(`Invalid role ${key} '${name}': expected up to 63 lowercase letters, digits and underscores`);
  };
  return { ...forBothPaths(take), results: take('results') };
}
