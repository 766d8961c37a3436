import { Command } from 'commander';
import { besideLiveRunOptions } from '../options/groups/beside-live-run.ts';
import { countingOptions } from '../options/groups/counting.ts';
import { faultOptions } from '../options/groups/faults.ts';
import { generatedLoadOptions } from '../options/groups/generated-load.ts';
import type { OptionGroup } from '../options/groups/option-group.ts';
import { realLoadOptions } from '../options/groups/real-load.ts';
import { recordOptions } from '../options/groups/records.ts';
import { resultOptions } from '../options/groups/results.ts';
import { streamOptions } from '../options/groups/stream.ts';
import { whereOptions } from '../options/groups/where.ts';
import { verdictOptions } from '../options/verdict-options.ts';

const AFTER_THE_OPTIONS = `
What is measured, in this order: the live run at --rate, as often as --repeat says; invocations of many sizes that the
model is fitted to; for each of --windows its whole load, by one batch and by the micro-batch path; each of
--batching-windows. Ctrl-C ends it with a report of the phases that have ended by then, if the first live run is among
them; a second one ends it at once.

A log is replayed in place of the live run. What else is measured needs a generated load of other keys, so --windows and
--batching-windows don't go with --input. The model is fitted all the same, unless with --windows none, and applied to
the log's own keys.

Environment:
  DATABASE_URL       embedded: a PostgreSQL 16+ to count into; without it the run has one of its own, gone afterwards
  AWS_ENDPOINT_URL   localstack: the emulator; default http://127.0.0.1:4566, as test/test in us-east-1
  AWS_REGION, AWS_PROFILE and the others of the AWS SDK   aws: region and credentials, by its usual chain

Exit codes: 0 both paths exact · 1 not exact, or the run failed · 2 wrong use · 130 interrupted`;

/** Every option of the benchmark with its unit, range and default: what --help shows is what is enforced. */
export function createCommand(): Command {
  const command = new Command('npm run bench --')
    .description(
      'Counts the same events on both paths, proves both counts exact, and says from which window on to batch.',
    )
    .showHelpAfterError(false)
    .allowExcessArguments()
    .configureHelp({ helpWidth: 110 });
  for (const { title, options } of optionGroups()) {
    command.optionsGroup(title);
    for (const option of options) command.addOption(option);
  }
  return command.addHelpText('after', AFTER_THE_OPTIONS);
}

/** In the order in which --help shows them. */
function optionGroups(): OptionGroup[] {
  return [
    whereOptions(),
    countingOptions(),
    besideLiveRunOptions(),
    { title: 'Verdict', options: verdictOptions() },
    streamOptions(),
    generatedLoadOptions(),
    realLoadOptions(),
    recordOptions(),
    faultOptions(),
    resultOptions(),
  ];
}
