import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { fillTables } from '#report/definition/describe-fields.ts';
import { REPORT } from '#report/definition/report.ts';
import { EXIT, endWith } from './cli/command-end.ts';
import { parseCommand } from './cli/parse-command.ts';

const DOCUMENT = new URL('../docs/report.md', import.meta.url);

await endWith(async () => {
  const command = new Command('npm run report-docs --').description(
    'Writes the tables of docs/report.md from the schema of the report.',
  );
  if (parseCommand(command, process.argv.slice(2)) === null) return EXIT.done;
  writeFileSync(DOCUMENT, fillTables(readFileSync(DOCUMENT, 'utf8'), REPORT));
  return EXIT.done;
});
