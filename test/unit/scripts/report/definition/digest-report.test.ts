import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestReport } from '#report/definition/digest-report.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

/** The same value with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, reversed(each)]),
  );
}

describe('canonicalJson', () => {
  it('sorts the keys of every object and leaves lists as they are', () => {
    expect(canonicalJson({ b: [2, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[2,{"c":"x","d":null}]}');
  });

  it('is the same for any order of keys, and after writing and reading', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(canonicalJson(JSON.parse(JSON.stringify(value, null, 2)))).toBe(text);
      }),
    );
  });
});

describe('digestReport', () => {
  it('is the SHA-256 of the canonical JSON', () => {
    // printf '{"a":1,"b":[]}' | sha256sum
    expect(digestReport({ b: [], a: 1 })).toBe('f87e4099e9be5e75094e0a4f46d3dc18a9c37429314a5a2490fb78d31e7e170c');
  });

  it('leaves the digest itself out', () => {
    expect(digestReport({ a: 1, digest: 'x' })).toBe(digestReport({ a: 1 }));
  });

  it('is the same for a report that was written, read, and whose keys stand elsewhere', () => {
    const read = JSON.parse(JSON.stringify(EXACT_REPORT)) as Record<string, unknown>;
    expect(digestReport(reversed(read) as Record<string, unknown>)).toBe(EXACT_REPORT.digest);
  });

  it('is another one as soon as one figure is', () => {
    const changed = { ...EXACT_REPORT, load: { ...EXACT_REPORT.load, events: EXACT_REPORT.load.events + 1 } };
    expect(digestReport(changed)).not.toBe(EXACT_REPORT.digest);
  });
});
