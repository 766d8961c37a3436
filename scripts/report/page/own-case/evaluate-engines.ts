import type { Model } from '#model/model.ts';
import { ENGINES, type EngineName } from '#model/verdict/engines/engine-inputs.ts';
import { type EngineEstimate, estimateEngine } from '#model/verdict/engines/estimate-engine.ts';
import type { PreparedScenario } from '#model/verdict/scenario.ts';

/** The other engines at one window. */
export type EngineWindow = {
  readonly windowSeconds: number;
  readonly engines: Readonly<Record<EngineName, EngineEstimate>>;
};

export function evaluateEngines(
  model: Model,
  scenario: PreparedScenario,
  windowsSeconds: readonly number[],
): EngineWindow[] {
  return windowsSeconds.map((windowSeconds) => ({
    windowSeconds,
    engines: Object.fromEntries(
      ENGINES.map((engine) => [engine, estimateEngine(model, scenario, windowSeconds, engine)]),
    ) as Record<EngineName, EngineEstimate>,
  }));
}
