import { readFileSync } from 'node:fs';
import { parsePriceTable } from '#model/prices/parse-price-table.ts';
import { PRICES, type PriceTable } from '#model/prices/price-table.ts';
import { UsageError } from '#text/usage-error.ts';

/**
 * The prices that `--prices` names, or the built-in ones without it.
 *
 * @throws UsageError in one line where the file can't be read or is no price table
 */
export function readPriceFile(file: string | undefined): PriceTable {
  if (file === undefined) return PRICES;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`Can't read --prices '${file}': ${(error as Error).message}`, { cause: error });
  }
  return parsePriceTable(text, file, '--print-prices');
}
