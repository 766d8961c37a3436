import { plural } from '#text/format-number.ts';
import { type Compared, type Named, type NotCompared, OUTCOMES } from './compare-reports.ts';
import type { CheckedLimit, Judged } from './limits.ts';
import { METRICS, type MetricName } from './metric.ts';

/** Reasons that a summary names; the details below name all of them. */
const MOST_REASONS = 2;

/** The result of a comparison, in one sentence without a full stop. */
export function summarize({ base, other, isSame, exactness, compared, notCompared }: Judged): string {
  const inexact = [
    { file: base.file, ...exactness.base },
    { file: other.file, ...exactness.other },
  ].filter(({ exact }) => !exact);
  if (inexact.length > 0) {
    const named = inexact.map(({ file, failed }) => `${file}: ${failed.join(', ')}`);
    return `NOT EXACT, so nothing else is compared: ${named.join('; ')}`;
  }
  if (isSame) return `Both files hold the same report, run ${base.report.run.id}`;
  const why = summarizeReasons(notCompared);
  if (compared.length === 0) return `Both reports are exact; no metric can be compared: ${why}`;
  const metrics = plural(compared.length, 'metric');
  if (notCompared.length === 0) return summarizeOutcomes(compared, metrics);
  // Metrics that were left out are counted here, so that nobody takes them for unchanged.
  return `${summarizeOutcomes(compared, `${metrics} compared`)}; ${notCompared.length} could not be compared: ${why}`;
}

/** @param metrics the compared metrics in words, such as `4 metrics` */
function summarizeOutcomes(compared: readonly Compared[], metrics: string): string {
  const counts = OUTCOMES.map((outcome) => ({
    outcome,
    count: compared.filter((each) => each.outcome === outcome).length,
  }));
  const beyond = counts.filter(({ outcome, count }) => count > 0 && outcome !== 'within noise' && outcome !== 'same');
  if (beyond.length === 0) {
    const same = compared.every(({ outcome }) => outcome === 'same');
    return same ? `No difference in ${metrics}` : `No difference beyond the noise in ${metrics}`;
  }
  return `${beyond.map(({ outcome, count }) => `${count} ${outcome}`).join(', ')}, of ${metrics}`;
}

/** A single reason alone, or the most frequent reasons with their counts: `at other prices (3), other reasons (1)`. */
function summarizeReasons(notCompared: readonly NotCompared[]): string {
  const reasons = [...new Set(notCompared.map(({ brief }) => brief))]
    .map((brief) => ({ brief, count: notCompared.filter((each) => each.brief === brief).length }))
    .sort((a, b) => b.count - a.count);
  if (reasons.length === 1) return reasons.map(({ brief }) => brief).join();
  const named = reasons.slice(0, MOST_REASONS).map(({ brief, count }) => `${brief} (${count})`);
  const others = reasons.slice(MOST_REASONS).reduce((sum, { count }) => sum + count, 0);
  return [...named, ...(others === 0 ? [] : [`other reasons (${others})`])].join(', ');
}

/** `2 of 3 limits crossed`; a limit without a path counts once for each path. */
export function summarizeLimits(limits: readonly CheckedLimit[]): string {
  const crossed = limits.filter(({ outcome }) => outcome === 'crossed').length;
  const of = plural(limits.length, 'limit');
  return crossed === 0 ? `No limit crossed, of ${of}` : `${crossed} of ${of} crossed`;
}

/** Metrics that are not compared, by reason; `freshness` stands for its mean and all its percentiles. */
export function groupByReason(
  notCompared: readonly NotCompared[],
): { readonly reason: string; readonly names: string }[] {
  const reasons = [...new Set(notCompared.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const ofReason = notCompared.filter((each) => each.reason === reason);
    return { reason, names: [...new Set(ofReason.map((each) => nameIn(each, ofReason)))].join(', ') };
  });
}

/** The path is named where the reason concerns one path only. */
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
