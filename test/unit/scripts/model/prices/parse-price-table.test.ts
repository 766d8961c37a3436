import { describe, expect, it } from 'vitest';
import { parsePriceTable, regionOf, writePriceTable } from '#model/prices/parse-price-table.ts';
import { PRICES } from '#model/prices/price-table.ts';
import { UsageError } from '#text/usage-error.ts';

const FORMER_IDS = [
  'lambda-gb-second-x86',
  'kinesis-on-demand-stream-hour',
  'kinesis-on-demand-in-gb',
  'kinesis-on-demand-out-gb',
  'kinesis-fan-out-shard-hour',
  'kinesis-fan-out-gb',
  'nat-hour',
  'nat-gb',
  'log-storage-gb-month',
  's3-gb-month',
  's3-put',
  's3-get',
  'sqs-request',
  'sns-request',
  'kms-key-month',
];

type Json = Record<string, unknown>;

/** The built-in table as JSON, with one price changed. */
function tableWith(change: Json): string {
  const price = { ...PRICES['lambda-request'], ...change };
  return JSON.stringify({ prices: { ...PRICES, 'lambda-request': price } });
}

function parse(text: string): unknown {
  return parsePriceTable(text, 'prices.json', '--print-prices');
}

describe('parsePriceTable', () => {
  it('reads what was written', () => {
    expect(parse(writePriceTable(PRICES))).toEqual(PRICES);
  });

  it('takes other figures, regions and dates', () => {
    const prices = parsePriceTable(
      tableWith({ usd: 0, region: 'eu-west-1', seen: '2027-01' }),
      'prices.json',
      '--print-prices',
    );
    expect(prices['lambda-request']).toMatchObject({ usd: 0, region: 'eu-west-1', seen: '2027-01' });
  });

  it('accepts prices that earlier versions had and no cost uses, and ignores them', () => {
    for (const id of FORMER_IDS) {
      const former = { ...PRICES['endpoint-gb'], unit: 'thing', region: 'eu-west-1' };
      const prices = parsePriceTable(
        JSON.stringify({ prices: { ...PRICES, [id]: former } }),
        'prices.json',
        '--print-prices',
      );
      expect(prices).toEqual(PRICES);
      expect(regionOf(prices)).toBe('us-east-1');
    }
  });

  it.each<[string, string, string]>([
    ['no JSON', '{', 'Invalid prices.json: expected JSON: '],
    ['no table', '[]', 'Invalid prices.json: expected {"prices": {…}}; --print-prices writes one to start from'],
    ['a list as table', '{"prices":[]}', 'Invalid prices.json: expected {"prices": {…}}'],
    [
      'an unknown price',
      JSON.stringify({ prices: { ...PRICES, toString: PRICES['endpoint-gb'] } }),
      "Invalid prices.json: unknown price 'toString'; --print-prices lists the known ones",
    ],
    [
      'missing prices',
      JSON.stringify({ prices: { ...PRICES, 'endpoint-gb': undefined, 'log-gb': undefined } }),
      'Invalid prices.json: no price for endpoint-gb, log-gb; --print-prices writes a whole table',
    ],
    ['a price as text', tableWith({ usd: '0.2' }), 'lambda-request.usd is "0.2": expected USD, 0 to 1000000'],
    ['a price beyond any', tableWith({ usd: 1e308 }), 'lambda-request.usd is 1e+308: expected USD, 0 to 1000000'],
    ['a price below 0', tableWith({ usd: -1 }), 'lambda-request.usd is -1: expected USD, 0 to 1000000'],
    ['a price of none', tableWith({ per: 0 }), 'lambda-request.per is 0: expected a number, 0.000001 to 1000000000000'],
    [
      'a price of next to none',
      tableWith({ per: 1e-320 }),
      'lambda-request.per is 1e-320: expected a number, 0.000001',
    ],
    [
      'a price of more than any',
      tableWith({ per: 1e308 }),
      'lambda-request.per is 1e+308: expected a number, 0.000001',
    ],
    ['no number', tableWith({ per: null }), 'lambda-request.per is null: expected a number, 0.000001'],
    ['another unit', tableWith({ unit: 'call' }), "lambda-request.unit is 'call': expected 'request'"],
    ['no region', tableWith({ region: '' }), 'lambda-request.region is "": expected a region such as us-east-1'],
    ['no source', tableWith({ source: 'a page' }), 'lambda-request.source is "a page": expected a URL'],
    ['no date', tableWith({ seen: 'July' }), 'lambda-request.seen is "July": expected a month as YYYY-MM'],
    ['an unknown grade', tableWith({ grade: 'valueOf' }), 'lambda-request.grade is "valueOf": expected A, P, T'],
  ])('refuses %s, naming file, place, value and what was expected', (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(UsageError);
  });
});

describe('regionOf', () => {
  it('is null where the prices are of several regions', () => {
    expect(regionOf(PRICES)).toBe('us-east-1');
    expect(regionOf({ ...PRICES, 'endpoint-gb': { ...PRICES['endpoint-gb'], region: 'eu-west-1' } })).toBeNull();
  });
});
