import { UsageError } from '#text/usage-error.ts';
import { GRADES, PRICE_IDS, PRICE_RANGES, PRICES, type Price, type PriceId, type PriceTable } from './price-table.ts';

/** Ids that earlier versions printed and no cost uses any more. A file may still have them; they are ignored. */
const FORMER_IDS: ReadonlySet<string> = new Set([
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
]);

/**
 * Reads a price table from JSON of the form `{ "prices": { "<id>": { usd, per, unit, region, source, seen, grade } } }`, as
 * `writePriceTable` writes it. Every price must be there, since a built-in price in place of a missing one would be a guess.
 *
 * @param from name of the file, for the message
 * @param printer option or command that prints a whole table, for the message
 * @throws UsageError naming the file, the price, the value and what was expected
 */
export function parsePriceTable(text: string, from: string, printer: string): PriceTable {
  const prices = field(parseJson(text, from), 'prices');
  if (!isRecord(prices)) {
    throw new UsageError(`Invalid ${from}: expected {"prices": {…}}; ${printer} writes one to start from`);
  }
  const unknown = Object.keys(prices).filter((id) => !Object.hasOwn(PRICES, id) && !FORMER_IDS.has(id));
  if (unknown.length > 0) {
    throw new UsageError(`Invalid ${from}: unknown price '${unknown[0]}'; ${printer} lists the known ones`);
  }
  const missing = PRICE_IDS.filter((id) => !Object.hasOwn(prices, id));
  if (missing.length > 0) {
    throw new UsageError(`Invalid ${from}: no price for ${missing.join(', ')}; ${printer} writes a whole table`);
  }
  return Object.fromEntries(PRICE_IDS.map((id) => [id, parsePrice(prices[id], id, from)])) as PriceTable;
}

export function writePriceTable(prices: PriceTable): string {
  return JSON.stringify({ prices }, null, 2);
}

/** The region of all prices; null where they differ. */
export function regionOf(prices: PriceTable): string | null {
  const regions = new Set(PRICE_IDS.map((id) => prices[id].region));
  return regions.size === 1 ? ([...regions][0] ?? null) : null;
}

function parsePrice(value: unknown, id: PriceId, from: string): Price {
  const read = (name: keyof Price, fits: (value: unknown) => boolean, expected: string): unknown => {
    const found = field(value, name);
    if (fits(found)) return found;
    throw new UsageError(`Invalid ${from}: ${id}.${name} is ${JSON.stringify(found)}: expected ${expected}`);
  };
  const price = {
    usd: read('usd', (usd) => isWithin(usd, PRICE_RANGES.usd), `USD, ${PRICE_RANGES.usd.join(' to ')}`),
    per: read('per', (per) => isWithin(per, PRICE_RANGES.per), `a number, ${PRICE_RANGES.per.join(' to ')}`),
    unit: read('unit', isText, 'a text'),
    region: read('region', isText, 'a region such as us-east-1'),
    source: read('source', (source) => isText(source) && URL.canParse(source), 'a URL'),
    seen: read('seen', (seen) => isText(seen) && /^\d{4}-\d{2}$/.test(seen), 'a month as YYYY-MM'),
    grade: read('grade', (grade) => isText(grade) && Object.hasOwn(GRADES, grade), Object.keys(GRADES).join(', ')),
  } as Price;
  const { unit } = PRICES[id];
  if (price.unit === unit) return price;
  throw new UsageError(
    `Invalid ${from}: ${id}.unit is '${price.unit}': expected '${unit}', the unit of the quantities`,
  );
}

function parseJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`Invalid ${from}: expected JSON: ${(error as Error).message}`, { cause: error });
  }
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isWithin(value: unknown, [least, most]: readonly [number, number]): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}
