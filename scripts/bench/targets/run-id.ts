import { randomInt } from 'node:crypto';

/** As the results function takes it. Another name behind a stack's prefix is somebody else's. */
export function isRunId(text: string): boolean {
  return /^[a-z0-9]{4,32}$/.test(text);
}

/** Names a run and what belongs to it, its stream and its schemas: eight lowercase letters and digits. */
export function newRunId(): string {
  return Array.from({ length: 8 }, () => randomInt(36).toString(36)).join('');
}
