import { readFileSync, writeFileSync } from 'node:fs';
import { fillTables } from '#report/definition/describe-fields.ts';
import { REPORT } from '#report/definition/report.ts';

const DOCUMENT = new URL('../docs/report.md', import.meta.url);

/** Writes the tables of docs/report.md from the schema of the report. */
writeFileSync(DOCUMENT, fillTables(readFileSync(DOCUMENT, 'utf8'), REPORT));
