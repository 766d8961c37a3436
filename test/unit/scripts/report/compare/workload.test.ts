import { describe, expect, it } from 'vitest';
import { findWorkloadDifferences } from '#report/compare/workload.ts';
import type { LoadReport, Report } from '#report/definition/report.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

function generated(options: Record<string, unknown>): Report {
  return changedReport({ load: { ...EXACT_REPORT.load, options: { ...EXACT_REPORT.load.options, ...options } } });
}

function replayed(options: Record<string, unknown>, load: Partial<LoadReport> = {}, linesRead = 10_000): Report {
  const input = { format: 'combined', linesRead, blankLines: 0, unparsed: { count: 0, examples: [] } };
  const all = { seed: 1, input: 'a/access.log', format: 'auto', hostField: { kind: 'ip' }, speed: 'max', ...options };
  return changedReport({ experiment: 'replay', load: { ...EXACT_REPORT.load, ...load, input, options: all } });
}

describe('findWorkloadDifferences', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ rate: 1_000 }, 'rate 500 and 1,000'],
    [{ duration: 120_000 }, 'duration 1m and 2m'],
    [{ hostSkew: 0.5 }, 'host-skew 1 and 0.5'],
    [{ partitionBy: 'host' }, 'partition-by random and host'],
    [{ outOfOrderBy: 5_000 }, 'out-of-order-by by default and 5s'],
    [{ eventStart: 0 }, 'event-start now and past'],
  ])('names %j', (options, difference) => {
    expect(findWorkloadDifferences(EXACT_REPORT, generated(options))).toEqual([difference]);
  });

  it('names all that differs', () => {
    expect(findWorkloadDifferences(EXACT_REPORT, generated({ hosts: 5_000, malformed: 0.01 }))).toEqual([
      'hosts 200 and 5,000',
      'malformed 0 and 0.01',
    ]);
  });

  it('finds none in another seed, another day of the past, or an option of another version', () => {
    expect(findWorkloadDifferences(EXACT_REPORT, generated({ seed: 2 }))).toEqual([]);
    expect(findWorkloadDifferences(generated({ eventStart: 0 }), generated({ eventStart: 86_400_000 }))).toEqual([]);
    expect(findWorkloadDifferences(EXACT_REPORT, generated({ burst: 3 }))).toEqual([]);
    expect(findWorkloadDifferences(generated({ burst: 3 }), EXACT_REPORT)).toEqual([]);
  });

  it('names faults that only one had', () => {
    const kill = { atMs: 0, functionName: 'micro', busy: true };
    expect(findWorkloadDifferences(EXACT_REPORT, changedReport({ faults: [kill, kill] }))).toEqual([
      'killed environments 0 and 2',
    ]);
  });

  it('knows a log by what is in it, not by where it lies', () => {
    expect(findWorkloadDifferences(replayed({}), replayed({ input: '/else/access.log.gz' }))).toEqual([]);
    expect(findWorkloadDifferences(replayed({}), replayed({}, { bytes: 5 }, 9_000))).toEqual([
      'lines of the log 10,000 and 9,000',
      'bytes of the log 6,465,500 and 5',
    ]);
  });

  it('names how a log was read', () => {
    const path = { hostField: { kind: 'path' } };
    expect(findWorkloadDifferences(replayed({}), replayed(path))).toEqual(['host-field.kind ip and path']);
    expect(findWorkloadDifferences(replayed({}), replayed({ speed: 60 }))).toEqual(['speed max and 60']);
  });

  it('tells a log from a generated load', () => {
    expect(findWorkloadDifferences(EXACT_REPORT, replayed({}))).toEqual(['experiment live and replay']);
  });
});
