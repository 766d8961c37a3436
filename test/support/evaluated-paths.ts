import type { Deployment } from '#model/deployment.ts';
import type { Model } from '#model/model.ts';
import { planDeployment } from '#model/plan/plan-deployment.ts';
import type { Choice } from '#model/verdict/choice.ts';
import { deployAlone } from '#model/verdict/deploy-alone.ts';
import { evaluateChoice } from '#model/verdict/evaluate-choice.ts';
import type { Scenario } from '#model/verdict/scenario.ts';
import { prepareWorkload } from '#model/workload/workload.ts';

/** The micro-batch path with this batching window, with the memory that is deployed. */
export function evaluateMicroBatch(
  model: Model,
  scenario: Scenario,
  windowSeconds: number,
  batchingWindowSeconds: number,
): Choice {
  return evaluate(model, scenario, deployAlone(scenario, 'micro-batch', windowSeconds, batchingWindowSeconds));
}

/** The scheduled batch, as often as the scenario's deployment says, with the memory that is deployed. */
export function evaluateScheduledBatch(model: Model, scenario: Scenario, windowSeconds: number): Choice {
  return evaluate(model, scenario, deployAlone(scenario, 'scheduled-batch', windowSeconds, null));
}

function evaluate(model: Model, scenario: Scenario, deployment: Deployment): Choice {
  const plan = planDeployment(model.parameters, prepareWorkload(scenario.workload), deployment);
  return evaluateChoice(model, scenario, plan);
}
