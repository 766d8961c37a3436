import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchOutcome } from '#localstack/embedded/mapping/delivery.ts';
import { outline, record, records, simulate } from './delivery-simulation.ts';

const SUCCEEDED: BatchOutcome = { kind: 'succeeded' };
const FAILED: BatchOutcome = { kind: 'failed' };
const THROTTLED: BatchOutcome = { kind: 'throttled' };

/** Fails every batch that contains the poison. */
const poisonedBy = (poison: string) => (invoked: string[]) => (invoked.includes(poison) ? FAILED : SUCCEEDED);

/** Reports the poison as a failed item. */
const reporting =
  (poison: string) =>
  (invoked: string[]): BatchOutcome => {
    const doneCount = invoked.indexOf(poison);
    return doneCount < 0 ? SUCCEEDED : { kind: 'partial', doneCount };
  };

describe('delivery of one shard', () => {
  it.each([
    ['one batch when all fits', records(3), {}, ['1-3']],
    ['full batches first, then the rest', records(7), { batchSize: 3 }, ['1-3', '4-6', '7']],
    ['batches of at most 6 MB', [1, 2, 3].map((n) => record(n, 0, 3_000_000)), {}, ['1-2', '3']],
    ['a record that is too large for an event alone', [record(1, 0, 7_000_000), record(2)], {}, ['1', '2']],
  ])('invokes with %s', (_what, page, settings, expected) => {
    expect(outline(simulate([page], settings, () => SUCCEEDED))).toEqual(expected);
  });

  describe('a batch that fails as a whole', () => {
    it('is tried again whole, without limit by default', () => {
      const happenings = simulate([records(3)], {}, (_invoked, attempt) => (attempt < 5 ? FAILED : SUCCEEDED));
      expect(outline(happenings)).toEqual(['1-3', '1-3', '1-3', '1-3', '1-3']);
    });

    it('waits longer before every retry', () => {
      const happenings = simulate([records(1)], {}, (_invoked, attempt) => (attempt < 5 ? FAILED : SUCCEEDED));
      const times = happenings.map(({ atMs }) => atMs);
      expect(times).toEqual([0, 100, 300, 700, 1500]);
    });

    it('is given up after its retries and one first try, and the shard goes on', () => {
      const happenings = simulate([records(4)], { batchSize: 2, maximumRetryAttempts: 2 }, poisonedBy('1'));
      expect(outline(happenings)).toEqual(['1-2', '1-2', '1-2', '!1-2', '3-4']);
      expect(happenings[3]).toMatchObject({ reason: 'RetryAttemptsExhausted', invocations: 3 });
    });

    it('is given up at once when no retries are allowed', () => {
      const happenings = simulate([records(2)], { maximumRetryAttempts: 0 }, poisonedBy('2'));
      expect(outline(happenings)).toEqual(['1-2', '!1-2']);
    });
  });

  describe('bisection', () => {
    it('halves a failed batch until the poison is alone, in stream order', () => {
      const settings = { bisectOnError: true, maximumRetryAttempts: 1 };
      const happenings = simulate([records(8)], settings, poisonedBy('3'));
      expect(outline(happenings)).toEqual(['1-8', '1-4', '1-2', '3-4', '3', '3', '!3', '4', '5-8']);
    });

    it('does not use up retries: the single record still has all of them', () => {
      const settings = { bisectOnError: true, maximumRetryAttempts: 2 };
      const happenings = simulate([records(4)], settings, poisonedBy('1'));
      expect(happenings.find((happening) => 'discarded' in happening)).toMatchObject({ invocations: 3 });
    });
  });

  describe('a partial response', () => {
    it('tries again from the lowest failed record on', () => {
      const happenings = simulate([records(5)], {}, (_invoked, attempt) =>
        attempt === 1 ? { kind: 'partial', doneCount: 2 } : SUCCEEDED,
      );
      expect(outline(happenings)).toEqual(['1-5', '3-5']);
    });

    it.each([false, true])('restarts the retries after progress (bisection: %s)', (bisectOnError) => {
      const settings = { bisectOnError, maximumRetryAttempts: 2 };
      const happenings = simulate([records(3)], settings, reporting('2'));
      // The invocation with the progress counts as the first try of the rest.
      expect(outline(happenings)).toEqual(['1-3', '2-3', '2-3', '!2-3']);
      expect(happenings.at(-1)).toMatchObject({ invocations: 3 });
    });

    it('uses up a retry when the first record failed', () => {
      const happenings = simulate([records(2)], { maximumRetryAttempts: 1 }, reporting('1'));
      expect(outline(happenings)).toEqual(['1-2', '1-2', '!1-2']);
    });
  });

  describe('throttling', () => {
    it('does not use up retries', () => {
      const happenings = simulate([records(1)], { maximumRetryAttempts: 0 }, (_invoked, attempt) =>
        attempt < 4 ? THROTTLED : SUCCEEDED,
      );
      expect(outline(happenings)).toEqual(['1', '1', '1', '1']);
    });

    it('is bounded by the age of the records', () => {
      const happenings = simulate([records(2)], { maximumRecordAgeSeconds: 60 }, () => THROTTLED);
      expect(happenings.at(-1)).toMatchObject({
        discarded: ['1', '2'],
        reason: 'RecordAgeExceeded',
        invocations: 0,
        atMs: 60_001,
      });
    });
  });

  describe('record age', () => {
    it('gives up the expired prefix only', () => {
      const page = [record(1, 0), record(2, 0), record(3, 50_000)];
      const happenings = simulate([page], { maximumRecordAgeSeconds: 60 }, poisonedBy('1'));
      const discards = happenings.filter((happening) => 'discarded' in happening);
      expect(discards).toMatchObject([{ discarded: ['1', '2'], reason: 'RecordAgeExceeded' }]);
      expect(outline(happenings).at(-1)).toBe('3');
    });
  });

  describe('the batching window', () => {
    it('gathers what several polls read until the window ends', () => {
      const pages = [records(1), [record(2)], [record(3)], [], [], [record(4)], []];
      const happenings = simulate(pages, { batchingWindowMs: 2500 }, () => SUCCEEDED);
      expect(outline(happenings)).toEqual(['1-3', '4']);
      expect(happenings[0]).toMatchObject({ atMs: 2500 });
    });

    it('ends at once when the batch is full', () => {
      const happenings = simulate(
        [records(3), [record(4)], []],
        { batchSize: 3, batchingWindowMs: 60_000 },
        () => SUCCEEDED,
      );
      expect(happenings[0]).toMatchObject({ invoked: ['1', '2', '3'], atMs: 0 });
    });
  });

  it('polls once a second, and at once after a full batch', () => {
    const happenings = simulate([records(2), [record(3)], [record(4)], []], { batchSize: 2 }, () => SUCCEEDED);
    expect(happenings.map(({ atMs }) => atMs)).toEqual([0, 0, 1000]);
  });
});

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
        /** Records that were delivered or discarded, in that order. */
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
