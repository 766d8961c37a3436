import { randomInt } from 'node:crypto';

/** Names a run and what belongs to it, its stream and its schemas: eight lowercase letters and digits. */
export function newRunId(): string {
  return Array.from({ length: 8 }, () => randomInt(36).toString(36)).join('');
}
