import type { Model } from '#model/model.ts';
import { ENGINES, type EngineName } from '#model/verdict/engines/engine-inputs.ts';
import { type EngineEstimate, estimateEngine } from '#model/verdict/engines/estimate-engine.ts';
import { type FrontPoint, findFront } from '#model/verdict/pareto.ts';
import type { PreparedScenario, Scenario } from '#model/verdict/scenario.ts';
import { decide, judgeWindow, type Verdict, type WindowVerdict } from '#model/verdict/verdict.ts';
import { createScenarios, type OwnCase, WINDOW_STEPS } from './own-case.ts';

/** Everything that the page shows of one case. */
export type CaseView = {
  readonly own: OwnCase;
  readonly verdict: Verdict;
  /** Judgements at the report's windows and the case's window, rising. */
  readonly windows: readonly WindowVerdict[];
  /** Judgements at more windows up to a day, for the lines of charts. */
  readonly curve: readonly WindowVerdict[];
  /** Judgement at the case's window. */
  readonly chosen: WindowVerdict;
  /** Every setting of both paths at the case's window. */
  readonly settings: readonly FrontPoint[];
  /** Estimates of the other engines at the windows of the curve. */
  readonly engines: readonly EngineWindow[];
};

/**
 * Evaluates cases beside a report's scenario, with the code that the command line has.
 *
 * @returns a function of the case
 */
export function createEvaluator(model: Model, base: Scenario): (own: OwnCase) => CaseView {
  const scenarioOf = createScenarios(base);
  return (own) => {
    const scenario = scenarioOf(own);
    const verdict = decide(model, scenario);
    const judged = new Map(verdict.windows.map((window) => [window.windowSeconds, window]));
    const judge = (windowSeconds: number): WindowVerdict => {
      const window = judged.get(windowSeconds) ?? judgeWindow(model, scenario, windowSeconds);
      judged.set(windowSeconds, window);
      return window;
    };
    const windows = rising([...base.windowsSeconds, own.windowSeconds]);
    const close = rising([...WINDOW_STEPS, ...windows]);
    return {
      own,
      verdict,
      windows: windows.map(judge),
      curve: close.map(judge),
      chosen: judge(own.windowSeconds),
      settings: findFront(model, scenario, own.windowSeconds),
      engines: evaluateEngines(model, scenario, close),
    };
  };
}

function rising(seconds: readonly number[]): number[] {
  return [...new Set(seconds)].sort((a, b) => a - b);
}

/** The other engines at one window. */
type EngineWindow = {
  readonly windowSeconds: number;
  readonly engines: Readonly<Record<EngineName, EngineEstimate>>;
};

function evaluateEngines(model: Model, scenario: PreparedScenario, windowsSeconds: readonly number[]): EngineWindow[] {
  return windowsSeconds.map((windowSeconds) => ({
    windowSeconds,
    engines: Object.fromEntries(
      ENGINES.map((engine) => [engine, estimateEngine(model, scenario, windowSeconds, engine)]),
    ) as Record<EngineName, EngineEstimate>,
  }));
}
