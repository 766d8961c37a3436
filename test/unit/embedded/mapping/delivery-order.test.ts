import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchOutcome } from '#localstack/embedded/mapping/delivery-state.ts';
import { record, simulate } from './delivery-simulation.ts';

type Scripted = { kind: 'succeeded' | 'failed' | 'throttled' } | { kind: 'partial'; share: number };

const script = fc.array(
  fc.oneof(
    fc.constantFrom<Scripted>({ kind: 'succeeded' }, { kind: 'failed' }, { kind: 'throttled' }),
    fc.record({ kind: fc.constant('partial' as const), share: fc.double({ min: 0, max: 0.99, noNaN: true }) }),
  ),
  { maxLength: 60 },
);

const settings = fc.record({
  batchSize: fc.integer({ min: 1, max: 20 }),
  batchingWindowMs: fc.constantFrom(0, 1000, 5000),
  bisectOnError: fc.boolean(),
  maximumRetryAttempts: fc.constantFrom(-1, 0, 1, 3),
  maximumRecordAgeSeconds: fc.constantFrom(-1, 60),
});

const pageSizes = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 6 });

function answerWith(answer: Scripted | undefined, invokedCount: number): BatchOutcome {
  if (answer === undefined) return { kind: 'succeeded' };
  if (answer.kind === 'partial') return { kind: 'partial', doneCount: Math.floor(answer.share * invokedCount) };
  return { kind: answer.kind };
}

describe('delivery of one shard, whatever the function answers', () => {
  it('brings every record through or to a failure record exactly once, in stream order', () => {
    fc.assert(
      fc.property(pageSizes, settings, script, (sizes, chosen, answers) => {
        let lastNumber = 0;
        const pages = sizes.map((size) =>
          Array.from({ length: size }, () => {
            lastNumber += 1;
            return record(lastNumber, lastNumber * 10);
          }),
        );
        const pending = [...answers];
        /** Records that are through or given up, in the order in which they got there. */
        const settled: number[] = [];

        const happenings = simulate(pages, chosen, (invoked, attempt) => {
          const numbers = invoked.map(Number);
          const outcome = answerWith(pending.shift(), invoked.length);
          expect(attempt).toBeGreaterThan(0);
          // Nothing is invoked out of order: a batch starts where the settled records end.
          expect(numbers[0]).toBeGreaterThan(settled.at(-1) ?? 0);
          expect(invoked.length).toBeLessThanOrEqual(chosen.batchSize);
          if (outcome.kind === 'succeeded') settled.push(...numbers);
          if (outcome.kind === 'partial') settled.push(...numbers.slice(0, outcome.doneCount));
          return outcome;
        });

        const discarded = happenings.flatMap((happening) => ('discarded' in happening ? happening.discarded : []));
        const everything = [...settled, ...discarded.map(Number)].sort((left, right) => left - right);
        expect(everything).toEqual(Array.from({ length: lastNumber }, (_none, index) => index + 1));
      }),
      { numRuns: 500 },
    );
  });
});
