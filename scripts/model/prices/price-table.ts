import { described, type Infer, object, oneOf, record, text, within } from '#text/schema.ts';

/** Grades of reliability; a table that shows a price shows its grade. */
const GRADE_NAMES = ['A', 'P', 'T'] as const;
export type Grade = (typeof GRADE_NAMES)[number];
export const GRADE = oneOf(GRADE_NAMES, 'reliability of the price, see [cost.md](cost.md)');

export const GRADES: Readonly<Record<Grade, string>> = {
  A: 'read in an AWS document',
  P: "read in the price list's output in a public repository (2024)",
  T: 'third party or undated: check it before you rely on it',
};

/**
 * Least and greatest accepted values. Prices are a few dollars for one to a million units; sums and quotients of far larger figures
 * would overflow.
 */
export const PRICE_RANGES = { usd: [0, 1_000_000], per: [0.000_001, 1_000_000_000_000] } as const;

const PRICE = object(
  {
    usd: within(PRICE_RANGES.usd[0], PRICE_RANGES.usd[1], 'USD', 'price of `per` units'),
    per: within(PRICE_RANGES.per[0], PRICE_RANGES.per[1], '', 'how many units `usd` pays for'),
    unit: text('what is priced'),
    region: text('AWS region that the price is for'),
    source: text('URL of the vendor’s public page with today’s figure'),
    seen: text('month in which the figure was seen, `YYYY-MM`; for grade P the date of the price list'),
    grade: GRADE,
  },
  'price',
);
export type Price = Infer<typeof PRICE>;

export type PriceId = keyof typeof PRICES;

const MILLION = 1_000_000;
const SEEN: Readonly<Record<Grade, string>> = { A: '2026-11', P: '2024-07', T: '2026-11' };

type Quote = [grade: Grade, usd: number, unit: string, per?: number];

function pricedAt(source: string): (...quote: Quote) => Price {
  return (grade, usd, unit, per = 1) => ({ usd, per, unit, region: 'us-east-1', source, seen: SEEN[grade], grade });
}

const lambda = pricedAt('https://aws.amazon.com/lambda/pricing/');
const kinesis = pricedAt('https://aws.amazon.com/kinesis/data-streams/pricing/');
const eventBridge = pricedAt('https://aws.amazon.com/eventbridge/pricing/');
const aurora = pricedAt('https://aws.amazon.com/rds/aurora/pricing/');
const endpoint = pricedAt('https://aws.amazon.com/privatelink/pricing/');
const transfer = pricedAt('https://aws.amazon.com/ec2/pricing/on-demand/');
const cloudWatch = pricedAt('https://aws.amazon.com/cloudwatch/pricing/');
const kms = pricedAt('https://aws.amazon.com/kms/pricing/');
const secrets = pricedAt('https://aws.amazon.com/secrets-manager/pricing/');
const flink = pricedAt('https://aws.amazon.com/managed-service-apache-flink/pricing/');
const emr = pricedAt('https://aws.amazon.com/emr/pricing/');
const glue = pricedAt('https://aws.amazon.com/glue/pricing/');

/** List prices in USD without taxes, free tiers and discounts. */
export const PRICES = {
  'lambda-gb-second-arm64': lambda('P', 0.0000133334, 'GB-second'),
  'lambda-request': lambda('P', 0.2, 'request', MILLION),

  'kinesis-shard-hour': kinesis('P', 0.015, 'shard-hour'),
  'kinesis-put-unit': kinesis('P', 0.014, 'PUT unit of 25 KB', MILLION),
  'kinesis-retention-shard-hour': kinesis('T', 0.02, 'shard-hour beyond 24 h, up to 7 d'),

  'scheduler-invocation': eventBridge('T', 1, 'invocation', MILLION),
  'eventbridge-event': eventBridge('P', 1, 'event', MILLION),

  'aurora-acu-hour': aurora('A', 0.12, 'ACU-hour'),
  'aurora-storage-gb-month': aurora('P', 0.1, 'GB-month'),
  'aurora-io': aurora('P', 0.2, 'I/O of 4 KB', MILLION),
  'aurora-backup-gb-month': aurora('P', 0.021, 'GB-month beyond the volume'),

  'endpoint-hour': endpoint('P', 0.01, 'zone-hour'),
  'endpoint-gb': endpoint('P', 0.01, 'GB'),
  'zone-transfer-gb': transfer('P', 0.01, 'GB and direction'),

  'metric-month': cloudWatch('P', 0.3, 'custom metric-month'),
  'alarm-metric-month': cloudWatch('P', 0.1, 'alarm metric-month'),
  'dashboard-month': cloudWatch('P', 3, 'dashboard-month'),
  'log-gb': cloudWatch('P', 0.5, 'GB in'),

  'kms-request': kms('P', 0.03, 'request', 10_000),
  'secret-month': secrets('P', 0.4, 'secret-month'),
  'secret-request': secrets('T', 0.05, 'request', 10_000),

  'flink-kpu-hour': flink('A', 0.11, 'KPU-hour'),
  'flink-storage-gb-month': flink('T', 0.1, 'GB-month of running storage'),
  'emr-vcpu-hour': emr('T', 0.052624, 'vCPU-hour'),
  'emr-gb-hour': emr('T', 0.0057785, 'GB-hour'),
  'glue-dpu-hour': glue('P', 0.44, 'DPU-hour'),
} satisfies Record<string, Price>;

export const PRICE_IDS = Object.keys(PRICES) as PriceId[];

/** Every price by its id. */
export const PRICE_TABLE = record(PRICE_IDS, described(PRICE, 'unit and price of the item with this id'));
export type PriceTable = Infer<typeof PRICE_TABLE>;

/** USD for one unit. */
export function unitUsd({ usd, per }: Price): number {
  return usd / per;
}

/** Names the prices in a sentence: the built-in list prices, or given ones. */
export function sayPrices({ builtIn }: { readonly builtIn: boolean }): string {
  return builtIn ? 'list prices' : 'given prices';
}
