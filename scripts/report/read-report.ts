import { readFileSync } from 'node:fs';
import { UsageError } from '../command/usage-error.ts';
import { digestReport } from './digest-report.ts';
import { type Report, SCHEMA_VERSION } from './report.ts';
import { valueAt } from './value-at.ts';

/**
 * Reads a report.json as the benchmark wrote it.
 *
 * @throws UsageError in one line where it isn't there, is cut off, is no report, is of another schema, or was changed
 */
export function readReport(path: string): Report {
  const report = parseObject(readText(path), path);
  checkSchema(report, path);
  checkDigest(report, path);
  checkParts(report, path);
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

type Part = keyof Report | `${keyof Report}.${string}`;

const OBJECTS = [
  'target',
  'run',
  'machine',
  'settings',
  'stream',
  'load',
  'correctness',
  'paths',
  'model.parameters',
  'model.origins',
  'model.fits.microBatch',
  'model.fits.scheduledBatch',
  'model.cpuError',
  'model.fittedEvents',
  'model.fittedRecords',
  'model.fittedRows',
  'model.live',
  'model.liveWhole',
  'prices.table',
  'scenario.workload.keys',
  'scenario.deployment',
  'verdict',
] as const satisfies readonly Part[];
const LISTS = [
  'repeats',
  'drains',
  'batchingWindows',
  'verdicts',
  'sensitivity',
  'rule',
  'scenario.windowsSeconds',
  'scenario.batchingWindowsSeconds',
] as const satisfies readonly Part[];

/** Anybody can make a digest that fits. */
function checkParts(report: Record<string, unknown>, path: string): void {
  const wrong =
    OBJECTS.find((at) => !isObject(valueAt(report, at))) ??
    LISTS.find((at) => !Array.isArray(valueAt(report, at))) ??
    uncountedColdStarts(report as Report);
  if (wrong === undefined) return;
  throw new UsageError(
    `'${path}' is no report: it has no '${wrong}': expected a report.json as npm run bench writes it`,
  );
}

/** They go into every prediction of the phase. */
function uncountedColdStarts({ batchingWindows }: Pick<Report, 'batchingWindows'>): string | undefined {
  const index = batchingWindows.findIndex((phase) => !Number.isFinite(valueAt(phase, 'coldStarts')));
  return index === -1 ? undefined : `batchingWindows.${index}.coldStarts`;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** What a parser says may quote the file, line breaks included. */
function toLine(message: string): string {
  return message.replaceAll(/\s+/g, ' ').slice(0, 200);
}
