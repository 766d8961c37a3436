import { PATH_KEYS, pathNameOf } from '#model/path-name.ts';
import type { Report } from '../definition/report.ts';
import type { Difference } from './comparison.ts';
import { flatten } from './flatten.ts';

/** Sizes of events are measured, and differ a little by the seed. */
const SAME_NUMBER = 0.01;
const LONGEST_TEXT = 40;

/** What the two verdicts are about, but for what is set for each choice. */
export function scenarioDifferences(base: Report, other: Report): Difference[] {
  const [one, two] = [describeScenario(base), describeScenario(other)];
  const names = [...new Set([...Object.keys(one), ...Object.keys(two)])];
  return names.flatMap((name) => {
    const [before, after] = [one[name], two[name]];
    if (before === after || areClose(before, after)) return [];
    return [{ what: `scenario's ${name}`, base: write(before), other: write(after), breaks: ['scenario' as const] }];
  });
}

function describeScenario({ scenario }: Report): Record<string, unknown> {
  const { workload, deployment, reader, freshnessUsd, leastShards } = scenario;
  const {
    paths: _,
    windowSeconds: __,
    batchingWindowSeconds: ___,
    shards: ____,
    batchSize: _____,
    ...same
  } = deployment;
  return flatten({ ...workload, ...same, reader, freshnessUsd, leastShards });
}

/** A model with measured coefficients beside one with the standard ones: what differs is not what somebody changed. */
export function fitDifferences(base: Report, other: Report): Difference[] {
  return PATH_KEYS.flatMap((key) => {
    const [one, two] = [base, other].map(({ model }) => (model.fits[key].cpu === null ? 'not fitted' : 'fitted')) as [
      string,
      string,
    ];
    return one === two
      ? []
      : [{ what: `model's CPU of the ${pathNameOf(key)} path`, base: one, other: two, breaks: ['fit' as const] }];
  });
}

export function priceDifferences(base: Report, other: Report): Difference[] {
  const [one, two]: Readonly<Record<string, { readonly usd: number; readonly per: number } | undefined>>[] = [
    base.prices.table,
    other.prices.table,
  ];
  const names = [...new Set([...Object.keys(one ?? {}), ...Object.keys(two ?? {})])];
  return names.flatMap((name) => {
    const [before, after] = [one?.[name], two?.[name]];
    if (before?.usd === after?.usd && before?.per === after?.per) return [];
    return [{ what: `price of ${name}`, base: price(before), other: price(after), breaks: ['prices' as const] }];
  });
}

function price(quote: { readonly usd: number; readonly per: number } | undefined): string {
  if (quote === undefined) return 'none';
  return `${quote.usd} USD${quote.per === 1 ? '' : ` for ${quote.per.toLocaleString('en-US')}`}`;
}

function areClose(one: unknown, two: unknown): boolean {
  if (typeof one !== 'number' || typeof two !== 'number') return false;
  return Math.abs(one - two) <= SAME_NUMBER * Math.max(Math.abs(one), Math.abs(two));
}

function write(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  const text = typeof value === 'number' ? value.toLocaleString('en-US') : String(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
