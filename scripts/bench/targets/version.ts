import { readFileSync } from 'node:fs';

/** The version in package.json, which a deployed stack gives out as well. */
export function tidemarkVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
