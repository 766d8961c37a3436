import { changesOf } from './case-hash.ts';
import type { OwnCase } from './own-case.ts';

/** The command line that gives the same verdict. */
export function thresholdCommand(reportFile: string, own: OwnCase, base: OwnCase): string {
  const changes = changesOf(own, base).map(([name, value]) => `--${name} ${value}`);
  return ['npm run threshold --', `--report ${quote(reportFile)}`, ...changes].join(' ');
}

/** For a POSIX shell, which takes everything between single quotes as it is. */
function quote(path: string): string {
  return /^[\w./:@%+,=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
