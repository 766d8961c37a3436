import { Option } from 'commander';
import { REGIMES } from '#model/deployment.ts';
import { READERS } from '#model/verdict/scenario.ts';
import { SCENARIO_RANGES } from '#model/verdict/scenario-ranges.ts';
import { number } from './values.ts';

/** What an option says of its default, where that stands in a report. */
export const AS_IN_REPORT = 'default: as in the report';

/**
 * The options that shape a verdict, for every command that gives one.
 *
 * @param defaults `own`: those of a first verdict; `as in the report`: none, since what is not given stays as it was
 */
export function verdictOptions(defaults: 'own' | 'as in the report' = 'own'): Option[] {
  const own = defaults === 'own';
  const described = (description: string): string => (own ? description : `${description}; ${AS_IN_REPORT}`);
  const reads = new Option(
    '--reads <what>',
    described('partial: counts as they grow; final: closed windows only'),
  ).choices([...READERS]);
  const freshnessValue = number(
    '--freshness-value <USD>',
    described('worth of a minute less of mean delay, USD a month'),
    ...SCENARIO_RANGES.freshnessUsd,
    own ? 0 : undefined,
  );
  const database = new Option(
    '--database <regime>',
    described('its own that may pause, its own always on, or shared with others'),
  ).choices([...REGIMES]);
  const prices = new Option(
    '--prices <file>',
    `price table in JSON; default: ${own ? 'the built-in one' : "the report's"}`,
  );
  if (own) {
    reads.default('partial');
    database.default('auto-pause');
  }
  return [reads, freshnessValue, database, prices];
}
