import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { Measured, Observations } from '#bench/experiments/observations.ts';
import { keysOf } from '#bench/load/generator.ts';
import { tidemarkVersion } from '#bench/targets/stack-outputs.ts';
import type { Place } from '#bench/targets/target.ts';
import { regionOf } from '#model/prices/parse-price-table.ts';
import type { PriceTable } from '#model/prices/price-table.ts';
import { tabulateRows } from '#model/workload/keys.ts';
import { prepareWorkload } from '#model/workload/workload.ts';
import { planRun, type RunSurroundings } from '../cost/plan-run.ts';
import { estimateRunCost } from '../cost/run-cost.ts';
import { digestReport } from '../definition/digest-report.ts';
import { modelOf } from '../definition/model-of.ts';
import { type Report, SCHEMA_VERSION } from '../definition/report.ts';
import { buildLive, buildRepeat, viewOf } from './build-live.ts';
import { buildBatchingWindow, buildCalibration, buildDrain } from './build-phases.ts';
import { buildScenario } from './build-scenario.ts';
import { buildVerdict } from './build-verdict.ts';
import { buildWarnings } from './build-warnings.ts';
import { buildModel, fitPhases } from './fit-phases.ts';

/** All fields except for those about the report as a whole. */
type Parts = Omit<Report, 'schemaVersion' | 'digest' | 'tidemarkVersion' | 'exact'>;

/**
 * Builds the report: the measurements, and the figures that are modelled from them.
 *
 * @param prices the given price table, or the built-in one
 * @throws RangeError if no live run was measured
 */
export function buildReport(measured: Measured, options: BenchmarkOptions, target: Place, prices: PriceTable): Report {
  const [first] = measured.live;
  if (first === undefined) throw new RangeError('Nothing to report: no live run was measured');
  const parts = buildParts(first, measured, options, target, prices);
  const fields: Omit<Report, 'digest'> = {
    schemaVersion: SCHEMA_VERSION,
    tidemarkVersion: tidemarkVersion(),
    exact: isExact(parts),
    ...parts,
  };
  return { ...fields, digest: digestReport(fields) };
}

function buildParts(
  first: Observations,
  measured: Measured,
  options: BenchmarkOptions,
  target: Place,
  table: PriceTable,
): Parts {
  const view = viewOf(first, options);
  const keys = keysOf(options);
  const models = fitPhases(measured, target.name, { keys, disorderMs: options.outOfOrderBy ?? options.bound });
  const model = buildModel(models.whole, measured.live);
  const prices = { region: regionOf(table), builtIn: options.prices === undefined, table };
  const { scenario, scenarioSource } = buildScenario(first, options);
  const countRows = tabulateRows(keys);
  const workload = prepareWorkload(scenario.workload);
  const whole = modelOf({ model, prices, scenario });
  const live = buildLive(first, view, options);
  return {
    complete: !measured.interrupted,
    notMeasured: measured.notMeasured,
    warnings: buildWarnings(model, prices, target, live.load),
    target,
    ...live,
    repeats: measured.live.map((each) => buildRepeat(each, each === first ? view : viewOf(each, options))),
    calibration: buildCalibration(measured),
    drains: measured.drains.map((drain) => buildDrain(drain, models.without(drain).parameters, countRows)),
    batchingWindows: measured.batchingWindows.map((each) =>
      buildBatchingWindow(each, models.without(each).parameters, workload, target),
    ),
    model,
    prices,
    scenario,
    scenarioSource,
    ...buildVerdict(whole, scenario),
    runCost: estimateRunCost(whole, planRun(options, surroundingsOf(first, target))),
  };
}

/** A run is priced on AWS wherever it ran, with the stack's own cluster unless it used another database there. */
function surroundingsOf({ run, sent, load }: Observations, { name, database }: Place): RunSurroundings {
  return {
    database: name === 'aws' && database === 'external' ? 'external' : 'aurora',
    ...run.mapping,
    ...(load.replay === null ? {} : { inputBytes: sent.bytes }),
  };
}

/** True if every phase that was measured was counted exactly. */
export function isExact({
  correctness,
  repeats,
  calibration,
  drains,
  batchingWindows,
}: Pick<Report, 'correctness' | 'repeats' | 'calibration' | 'drains' | 'batchingWindows'>): boolean {
  const all = [correctness, calibration, ...repeats, ...drains, ...batchingWindows];
  return all.every((each) => each === null || each.exact);
}
