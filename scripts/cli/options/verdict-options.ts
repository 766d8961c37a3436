import { Option } from 'commander';
import { REGIMES } from '#model/deployment.ts';
import { READERS, SCENARIO_RANGES } from '#model/verdict/scenario.ts';
import { number } from './values.ts';

/**
 * The options that shape a verdict, for every command that gives one.
 *
 * @param defaults `as in the report`: no defaults, so that an option that is not given changes nothing
 */
export function verdictOptions(defaults: 'own' | 'as in the report' = 'own'): Option[] {
  const own = defaults === 'own';
  const reads = new Option(
    '--reads <what>',
    'what readers use. partial: counts of open windows too; final: counts of closed windows only',
  ).choices([...READERS]);
  const freshnessValue = number(
    '--freshness-value <USD>',
    'what one minute less of mean delay is worth, USD a month',
    SCENARIO_RANGES.freshnessUsd,
    own ? 0 : undefined,
  );
  const database = databaseOption();
  const prices = new Option(
    '--prices <file>',
    `price table in JSON, in the form that monthly-cost --print-prices prints; default: ${own ? 'the built-in one' : "the report's"}`,
  );
  if (own) {
    reads.default('partial');
    database.default('auto-pause');
  }
  return [reads, freshnessValue, database, prices];
}

export function databaseOption(): Option {
  return new Option(
    '--database <regime>',
    'auto-pause: a database that pauses when idle; always-on: one that never pauses; shared: one that others pay for, charged for the load alone',
  ).choices([...REGIMES]);
}
