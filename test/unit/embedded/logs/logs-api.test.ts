import { describe, expect, it } from 'vitest';
import { filterLogEvents, termOf } from '#localstack/embedded/logs/logs-api.ts';

const EVENTS = [1, 2, 3, 4].map((id) => ({
  id,
  timestampMs: id * 100,
  message: id % 2 === 0 ? `platform.report ${id}` : `line ${id}`,
  logStreamName: 'stream',
}));

const ALL = { startTimeMs: 0, endTimeMs: Number.MAX_SAFE_INTEGER, term: '', afterId: 0, limit: 10 };
const ids = (filter: Partial<typeof ALL>) => filterLogEvents(EVENTS, { ...ALL, ...filter }).page.map(({ id }) => id);

describe('filterLogEvents', () => {
  it('gives what contains the term', () => expect(ids({ term: 'platform.report' })).toEqual([2, 4]));
  it('takes the start as inclusive and the end as exclusive', () => {
    expect(ids({ startTimeMs: 200, endTimeMs: 400 })).toEqual([2, 3]);
  });

  it('goes on after the page before, and says when there is no more', () => {
    const first = filterLogEvents(EVENTS, { ...ALL, limit: 3 });
    expect(first.nextId).toBe(3);
    expect(filterLogEvents(EVENTS, { ...ALL, limit: 3, afterId: 3 })).toMatchObject({
      page: [{ id: 4 }],
      nextId: null,
    });
  });
});

describe('termOf', () => {
  it.each([
    ['"platform.report"', 'platform.report'],
    ['"say \\"no\\""', 'say "no"'],
    ['word', 'word'],
    ['', ''],
    ['{ $.type = "platform.report" }', null],
    ['two words', null],
  ])('reads %s', (pattern, expected) => {
    expect(termOf(pattern)).toBe(expected);
  });
});
