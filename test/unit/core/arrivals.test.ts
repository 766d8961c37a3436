import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addArrivals, createArrivals } from '#functions/core/arrivals.ts';

describe('the histogram of arrivals', () => {
  it('has a bucket per millisecond while there are few', () => {
    const arrivals = createArrivals();
    addArrivals(arrivals, 1000, 2);
    addArrivals(arrivals, 1001, 3);
    addArrivals(arrivals, 1000, 5);
    expect(arrivals).toEqual({
      widthMs: 1,
      events: new Map([
        [1000, 7],
        [1001, 3],
      ]),
    });
  });

  it('keeps 512 buckets, and doubles their width at the 513th', () => {
    const arrivals = createArrivals();
    for (let ms = 0; ms < 512; ms++) addArrivals(arrivals, ms, 1);
    expect([arrivals.widthMs, arrivals.events.size]).toEqual([1, 512]);

    addArrivals(arrivals, 512, 1);

    // 0 and 1 make bucket 0, … 510 and 511 make 255, and 512 stands alone in 256.
    expect([arrivals.widthMs, arrivals.events.size]).toEqual([2, 257]);
    expect([arrivals.events.get(0), arrivals.events.get(255), arrivals.events.get(256)]).toEqual([2, 2, 1]);
  });

  it('widens as often as it takes: 513 arrivals that lie 4 ms apart need 8 ms', () => {
    const arrivals = createArrivals();
    for (let i = 0; i < 513; i++) addArrivals(arrivals, i * 4, 1);
    expect([arrivals.widthMs, arrivals.events.size]).toEqual([8, 257]);
  });

  it('puts arrivals before 1970 into the bucket below, not towards zero', () => {
    const arrivals = { widthMs: 4, events: new Map<number, number>() };
    addArrivals(arrivals, -1, 1);
    expect(arrivals.events).toEqual(new Map([[-1, 1]]));
  });

  it('keeps the sum, and each event within one width of its bucket, however often it widens', () => {
    const additions = fc.array(fc.tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 2000,
    });
    fc.assert(
      fc.property(additions, (added) => {
        const arrivals = createArrivals();
        for (const [arrivalMs, events] of added) addArrivals(arrivals, arrivalMs, events);
        const expected = new Map<number, number>();
        for (const [arrivalMs, events] of added) {
          const bucket = Math.floor(arrivalMs / arrivals.widthMs);
          expected.set(bucket, (expected.get(bucket) ?? 0) + events);
        }
        expect(arrivals.events).toEqual(expected);
        expect(arrivals.events.size).toBeLessThanOrEqual(512);
      }),
      { numRuns: 50 },
    );
  });
});
