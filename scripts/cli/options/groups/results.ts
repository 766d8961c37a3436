import { Option } from 'commander';
import type { OptionGroup } from './option-group.ts';

/** What is left of a run, and what it says. */
export function resultOptions(): OptionGroup {
  return {
    title: 'Results',
    options: [
      new Option(
        '--keep',
        "leave the run's tables in the database; embedded: in the one that DATABASE_URL names",
      ).default(false),
      new Option('--out <folder>', 'folder for report.json and report.html; default: one of its own in out/'),
      new Option('--verbose', 'print the stack of an error').default(false),
    ],
  };
}
