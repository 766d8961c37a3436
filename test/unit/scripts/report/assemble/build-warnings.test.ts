import { describe, expect, it } from 'vitest';
import { PRICES } from '#model/prices/price-table.ts';
import { buildWarnings as build } from '#report/assemble/build-warnings.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import { PLACE } from '#test/support/scripted-target.ts';

const { model } = EXACT_REPORT;
const pricesOf = (region: string | null) => ({ region, builtIn: true, table: PRICES });
const AWS = { ...PLACE, name: 'aws' as const, region: 'eu-west-1' };
const buildWarnings = (
  given: typeof model,
  prices: ReturnType<typeof pricesOf>,
  place: typeof PLACE,
  partitionBy = 'random',
) => build(given, prices, place, { options: { partitionBy } });

describe('buildWarnings', () => {
  it('has none where both paths were fitted and the prices are those of the place', () => {
    expect(buildWarnings(model, pricesOf('eu-west-1'), AWS)).toEqual([]);
    expect(buildWarnings(model, pricesOf('us-east-1'), PLACE)).toEqual([]);
  });

  it('says why a path was not fitted', () => {
    const microBatch = {
      ...model.fits.microBatch,
      cpu: null,
      whyNot: 'only 3 warm invocations, at least 12 are needed',
    };
    expect(buildWarnings({ ...model, fits: { ...model.fits, microBatch } }, pricesOf('us-east-1'), PLACE)).toEqual([
      "The micro-batch path's CPU is not fitted to this run: only 3 warm invocations, at least 12 are needed.",
    ]);
  });

  it.each([
    [0.53, 0.14, true],
    [0.25, 0.14, false],
    [0.53, 0.6, false],
  ])('says that the live run was off by %d where the band allows for %d: %s', (total, error, said) => {
    const live = { ...model.live, microBatch: { median: 0.1, p95: 0.2, total, count: 100 } };
    const warnings = buildWarnings(
      { ...model, live, cpuError: { ...model.cpuError, microBatch: error } },
      pricesOf('us-east-1'),
      PLACE,
    );
    expect(warnings).toEqual(
      said
        ? [
            "The model's error of the micro-batch path's CPU in the live run was 53 %; the verdict's band allows for 14 %.",
          ]
        : [],
    );
  });

  it('says that prices are of another region than the run', () => {
    expect(buildWarnings(model, pricesOf('us-east-1'), AWS)).toEqual([
      'The prices are those of us-east-1, but the run was in eu-west-1. Give a price table of that region.',
    ]);
  });

  it('takes the region of an emulator for the name that it is', () => {
    const place = { ...PLACE, name: 'localstack' as const, region: 'eu-west-1' };
    expect(buildWarnings(model, pricesOf('us-east-1'), place)).toEqual([]);
  });

  it('says that prices are of several regions', () => {
    expect(buildWarnings(model, pricesOf(null), AWS)).toEqual(['The prices are of several regions.']);
  });

  it('says that the shards of a load partitioned by host were not filled alike', () => {
    expect(buildWarnings(model, pricesOf('us-east-1'), PLACE, 'host')).toEqual([
      'The records were partitioned by host, but the model fills all shards equally. The shard with the busiest hosts reaches its limits earlier than the verdict says.',
    ]);
  });
});
