import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { Measured, Observations } from '#bench/experiments/observations.ts';
import { tidemarkVersion } from '#bench/targets/stack-outputs.ts';
import type { Place } from '#bench/targets/target.ts';
import { regionOf } from '#model/prices/parse-price-table.ts';
import type { PriceTable } from '#model/prices/price-table.ts';
import { digestReport } from '../definition/digest-report.ts';
import { modelOf } from '../definition/model-of.ts';
import { type Report, SCHEMA_VERSION } from '../definition/report.ts';
import { planRun, type RunSurroundings } from '../run-cost/plan-run.ts';
import { estimateRunCost } from '../run-cost/run-cost.ts';
import { buildBatchingWindow } from './build-batching-window.ts';
import { buildDrain } from './build-drain.ts';
import { buildLive } from './build-live.ts';
import { buildModel } from './build-model.ts';
import { buildRepeat } from './build-repeat.ts';
import { buildScenario } from './build-scenario.ts';
import { buildVerdict } from './build-verdict.ts';
import { buildWarnings } from './build-warnings.ts';
import { fitPhases } from './fit-phases.ts';
import { generatedKeys } from './generated-keys.ts';
import { isExact } from './is-exact.ts';
import { viewOf } from './live-view.ts';

/** Everything but what is told of the report as a whole. */
type Parts = Omit<Report, 'schemaVersion' | 'digest' | 'tidemarkVersion' | 'exact'>;

/**
 * What was measured, and what follows from it.
 *
 * @param prices those that `--prices` names, or the built-in ones
 * @throws RangeError where no live run was measured: then there is nothing to report
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
  const keys = generatedKeys(options);
  const models = fitPhases(measured, target.name, { keys, disorderMs: options.outOfOrderBy ?? options.bound });
  const model = buildModel(models.whole, measured.live);
  const prices = { region: regionOf(table), builtIn: options.prices === undefined, table };
  const { scenario, scenarioSource } = buildScenario(first, options);
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
    drains: measured.drains.map((drain) => buildDrain(drain, models.without(drain).parameters, keys)),
    batchingWindows: measured.batchingWindows.map((each) =>
      buildBatchingWindow(each, models.without(each).parameters, scenario.workload, target),
    ),
    model,
    prices,
    scenario,
    scenarioSource,
    ...buildVerdict(whole, scenario),
    runCost: estimateRunCost(whole, planRun(options, surroundingsOf(first, target))),
  };
}

/** On AWS, wherever it ran: then with the stack's own cluster. */
function surroundingsOf({ run, sent, load }: Observations, { name, database }: Place): RunSurroundings {
  return {
    database: name === 'aws' && database === 'external' ? 'external' : 'aurora',
    ...run.mapping,
    ...(load.replay === null ? {} : { inputBytes: sent.bytes }),
  };
}

function buildCalibration({ calibration }: Measured): Report['calibration'] {
  if (calibration === null) return null;
  const { correctness, load, ledger } = calibration;
  return {
    exact: correctness.exact,
    correctness,
    load,
    invocations: { microBatch: ledger.microBatch.length, scheduledBatch: ledger.scheduledBatch.length },
  };
}
