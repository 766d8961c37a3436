import { readFileSync } from 'node:fs';
import { findMisfit, misfitInWords } from '#text/schema.ts';
import { UsageError } from '#text/usage-error.ts';
import { digestReport } from './digest-report.ts';
import { READABLE_REPORT, type Report, SCHEMA_VERSION } from './report.ts';

/**
 * Reads a report.json as the benchmark wrote it.
 *
 * @throws UsageError in one line if the file is missing, cut off, no report, of another schema or changed, or if a field is invalid
 */
export function readReport(path: string): Report {
  const report = parseObject(readText(path), path);
  checkSchema(report, path);
  checkDigest(report, path);
  checkFields(report, path);
  return report as Report;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`Can't read report '${path}': ${explain(error as NodeJS.ErrnoException)}`, { cause: error });
  }
}

function explain({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file; npm run bench says in its last line where it wrote one';
    case 'EISDIR':
      return 'it is a folder: expected the report.json in it';
    default:
      return toLine(message);
  }
}

function parseObject(text: string, path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const what = text.trim() === '' ? 'it is empty' : `it is cut off, or no JSON: ${toLine((error as Error).message)}`;
    throw new UsageError(`Can't read report '${path}': ${what}; copy it again, or run the benchmark again`, {
      cause: error,
    });
  }
  const isReport =
    typeof value === 'object' &&
    value !== null &&
    'schemaVersion' in value &&
    Number.isInteger(value.schemaVersion) &&
    'tidemarkVersion' in value;
  if (isReport) return value as Record<string, unknown>;
  throw new UsageError(`'${path}' is no report: expected a report.json as npm run bench writes it`);
}

function checkSchema({ schemaVersion }: Record<string, unknown>, path: string): void {
  const version = Number(schemaVersion);
  if (version === SCHEMA_VERSION) return;
  const made = version > SCHEMA_VERSION ? 'a newer' : 'an older';
  const next = version > SCHEMA_VERSION ? 'read it with that one' : 'run the benchmark again';
  throw new UsageError(
    `Report '${path}' was made by ${made} Tidemark: schema ${version}, this reads ${SCHEMA_VERSION}: ${next}`,
  );
}

function checkDigest(report: Record<string, unknown>, path: string): void {
  const next = 'take it as it was written, or run the benchmark again';
  if (typeof report.digest !== 'string') {
    throw new UsageError(`Report '${path}' was changed after it was written: it has no digest: ${next}`);
  }
  if (report.digest === digestReport(report)) return;
  throw new UsageError(
    `Report '${path}' was changed after it was written: its digest is not that of its fields: ${next}`,
  );
}

/** An edited report can have a valid digest and invalid fields. */
function checkFields(report: Record<string, unknown>, path: string): void {
  const misfit = findMisfit(READABLE_REPORT, report);
  if (misfit === null) return;
  throw new UsageError(
    `Can't use report '${path}': ${misfitInWords(misfit)}; take it as it was written, or run the benchmark again`,
  );
}

/** A parser's message may quote the file, line breaks included. */
function toLine(message: string): string {
  return message.replaceAll(/\s+/g, ' ').slice(0, 200);
}
