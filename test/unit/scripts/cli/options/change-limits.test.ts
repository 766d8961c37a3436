import { describe, expect, it } from 'vitest';
import { parseChangeLimits } from '#cli/options/change-limits.ts';

const OF_BOTH = { path: null, windowMs: null };

describe('parseChangeLimits', () => {
  it.each([
    ['freshness.p95=+20%', { ...OF_BOTH, name: 'freshness.p95', direction: 'up', most: { share: 0.2 } }],
    ['freshness.mean=+500ms', { ...OF_BOTH, name: 'freshness.mean', direction: 'up', most: { amount: 500 } }],
    ['finality.p50=+1.5s', { ...OF_BOTH, name: 'finality.p50', direction: 'up', most: { amount: 1_500 } }],
    ['cost=+5usd', { ...OF_BOTH, name: 'cost', direction: 'up', most: { amount: 5 } }],
    ['cpu=+2ms', { ...OF_BOTH, name: 'cpu', direction: 'up', most: { amount: 2 } }],
    ['rows=+0.5', { ...OF_BOTH, name: 'rows', direction: 'up', most: { amount: 0.5 } }],
    ['catch-up=-10%', { ...OF_BOTH, name: 'catch-up', direction: 'down', most: { share: 0.1 } }],
    [
      'catch-up.5m=-1000',
      { path: null, windowMs: 300_000, name: 'catch-up', direction: 'down', most: { amount: 1_000 } },
    ],
    ['threshold=-10m', { ...OF_BOTH, name: 'threshold', direction: 'down', most: { amount: 600 } }],
    [
      'scheduled-batch.end-to-end.p95=+0%',
      { path: 'scheduled-batch', windowMs: null, name: 'end-to-end.p95', direction: 'up', most: { share: 0 } },
    ],
  ])('reads %s', (text, limit) => {
    expect(parseChangeLimits(text)).toEqual([{ text, ...limit }]);
  });

  it('reads several, with blanks between', () => {
    expect(parseChangeLimits('rows=+1%, cost=+2usd').map(({ text }) => text)).toEqual(['rows=+1%', 'cost=+2usd']);
  });

  it.each([
    ['', 'expected such as freshness.p95=+20% or cost=+5usd'],
    ['cost=5%', 'expected such as freshness.p95=+20% or cost=+5usd'],
    ['cost=+five', 'expected such as freshness.p95=+20% or cost=+5usd'],
    ['cost=+5%,', 'expected such as freshness.p95=+20% or cost=+5usd'],
    ['cost=+Infinity', 'expected such as freshness.p95=+20% or cost=+5usd'],
    ['latency=+5%', "there is no metric 'latency'"],
    ['exact=+0', 'a report that is not exact fails without a limit'],
    ['toString=+5%', 'expected such as freshness.p95=+20% or cost=+5usd'],
    ['constructor=+5%', "there is no metric 'constructor'"],
    ['freshness=+5%', "there is no metric 'freshness'"],
    ['micro-batch.batch-warm=+5%', 'the micro-batch path has no batch-warm'],
    ['scheduled-batch.threshold=+5%', 'the scheduled-batch path has no threshold'],
    ['rows.5m=+5%', 'rows is not of a drain'],
    ['freshness.p95=-5%', 'lower is better for freshness.p95: expected +'],
    ['catch-up=+5%', 'higher is better for catch-up: expected -'],
    ['freshness.p95=+5', 'expected a limit in %, ms, s, m or h'],
    ['freshness.p95=+5usd', 'expected a limit in %, ms, s, m or h'],
    ['cost=+5', 'expected a limit in % or usd (USD a month)'],
    ['cpu=+5s', 'expected a limit in % or ms (ms per 1,000 events)'],
    ['rows=+5ms', 'expected a limit in % or a plain number (rows per final row)'],
  ])('refuses %j in one line with the names there are', (text, why) => {
    const wrong = text.split(',').at(-1);
    expect(() => parseChangeLimits(text)).toThrow(
      `Invalid --fail-on '${wrong}': ${why}; known metrics: freshness.mean, freshness.p50, freshness.p95, freshness.p99, ` +
        'end-to-end.p95, finality.p50, finality.p95, rows, invocations, cpu, billed, cost, batch-cold, batch-warm, catch-up, ' +
        'threshold; see --help',
    );
  });

  it('refuses a drain of no window', () => {
    expect(() => parseChangeLimits('catch-up.2d=-5%')).toThrow(
      "Invalid --fail-on '2d': expected a number with ms, s, m, h or d",
    );
  });
});
