import type { CheckedLimit, Judged } from './check-limits.ts';
import { type Named, type NotCompared, OUTCOMES } from './comparison.ts';
import { METRICS, type MetricName } from './metric.ts';

/** What a comparison comes to, in a sentence without its dot. */
export function summarize({ base, other, isSame, exactness, compared }: Judged): string {
  const inexact = [
    { file: base.file, ...exactness.base },
    { file: other.file, ...exactness.other },
  ].filter(({ exact }) => !exact);
  if (inexact.length > 0) {
    const named = inexact.map(({ file, failed }) => `${file}: ${failed.join(', ')}`);
    return `NOT EXACT, so nothing else is compared: ${named.join('; ')}`;
  }
  if (isSame) return `The same report, run ${base.report.run.id}, so there is no difference`;
  if (compared.length === 0) return 'Both are exact; nothing else of them can be compared';
  const counts = OUTCOMES.map((outcome) => ({
    outcome,
    count: compared.filter((each) => each.outcome === outcome).length,
  }));
  const beyond = counts.filter(({ outcome, count }) => count > 0 && outcome !== 'within noise' && outcome !== 'same');
  const all = `${compared.length.toLocaleString('en-US')} metrics`;
  if (beyond.length === 0) {
    const same = compared.every(({ outcome }) => outcome === 'same');
    return same ? `No difference: all ${all} are the same` : `No difference beyond the noise in ${all}`;
  }
  return `${beyond.map(({ outcome, count }) => `${count} ${outcome}`).join(', ')}, of ${all}`;
}

/** `2 of 3 limits crossed`. A limit without a path counts once for each path. */
export function summarizeLimits(limits: readonly CheckedLimit[]): string {
  const crossed = limits.filter(({ outcome }) => outcome === 'crossed').length;
  const of = `${limits.length} ${limits.length === 1 ? 'limit' : 'limits'}`;
  return crossed === 0 ? `No limit crossed, of ${of}` : `${crossed} of ${of} crossed`;
}

/** Why what is not compared, reason by reason: freshness and all its percentiles are one name. */
export function groupByReason(
  notCompared: readonly NotCompared[],
): { readonly reason: string; readonly names: string }[] {
  const reasons = [...new Set(notCompared.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const ofReason = notCompared.filter((each) => each.reason === reason);
    return { reason, names: [...new Set(ofReason.map((each) => nameIn(each, ofReason)))].join(', ') };
  });
}

function nameIn({ id, name }: NotCompared, all: readonly NotCompared[]): string {
  if (METRICS[name].byDrain) return id;
  const ofBothPaths = all.filter((each) => each.name === name).length === (METRICS[name].paths?.length ?? 1);
  return ofBothPaths ? familyOf(name) : `${id.slice(0, id.length - name.length)}${familyOf(name)}`;
}

/** `freshness` of `freshness.p95`. */
function familyOf(name: MetricName): string {
  return name.replace(/\..*$/, '');
}

/** `base.json (run abcd1234 of 2026-01-31 12:00, Tidemark 0.1.0)`; times are UTC. */
export function describeReport({ file, report: { run, tidemarkVersion } }: Named): string {
  return `${file} (run ${run.id} of ${run.startedAt.slice(0, 16).replace('T', ' ')}, Tidemark ${tidemarkVersion})`;
}
