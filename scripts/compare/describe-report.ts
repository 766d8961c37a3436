import type { Named } from './comparison.ts';

/** `base.json (run abcd1234 of 2026-01-31 12:00, Tidemark 0.1.0)`; times are UTC. */
export function describeReport({ file, report: { run, tidemarkVersion } }: Named): string {
  return `${file} (run ${run.id} of ${run.startedAt.slice(0, 16).replace('T', ' ')}, Tidemark ${tidemarkVersion})`;
}
