import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { estimateMonthlyCost } from '#model/cost/monthly-cost.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import { planDeployment } from '#model/plan/plan-deployment.ts';
import { testRule } from '#model/verdict/engines/test-rule.ts';
import { findFront } from '#model/verdict/pareto.ts';
import { createScenario, prepareScenario } from '#model/verdict/scenario.ts';
import { testSensitivity } from '#model/verdict/sensitivity.ts';
import { decide } from '#model/verdict/verdict.ts';

const PROJECT = fileURLToPath(new URL('../../../../', import.meta.url));
const ENTRY = `
  import { estimateMonthlyCost } from '#model/cost/monthly-cost.ts';
  import { STANDARD_MODEL } from '#model/model.ts';
  import { planDeployment } from '#model/plan/plan-deployment.ts';
  import { testRule } from '#model/verdict/engines/test-rule.ts';
  import { findFront } from '#model/verdict/pareto.ts';
  import { createScenario, prepareScenario } from '#model/verdict/scenario.ts';
  import { testSensitivity } from '#model/verdict/sensitivity.ts';
  import { decide } from '#model/verdict/verdict.ts';
  const scenario = prepareScenario(createScenario());
  const { parameters, prices } = STANDARD_MODEL;
  answer = JSON.stringify({
    verdict: decide(STANDARD_MODEL, scenario),
    sensitivity: testSensitivity(STANDARD_MODEL, scenario),
    front: findFront(STANDARD_MODEL, scenario, 300),
    rule: testRule(STANDARD_MODEL, scenario),
    cost: estimateMonthlyCost(prices, planDeployment(parameters, scenario.workload, scenario.deployment)),
  });
`;

describe('the model in a browser', () => {
  it('is bundled without a module of Node, and gives the same figures as here', async () => {
    const { outputFiles, metafile, warnings } = await build({
      stdin: { contents: ENTRY, resolveDir: PROJECT, loader: 'ts' },
      bundle: true,
      write: false,
      metafile: true,
      platform: 'browser', // an import of node: fails
      format: 'iife',
      target: 'es2022',
      minify: true,
      logLevel: 'silent',
    });
    const inputs = Object.keys(metafile.inputs).filter((input) => input !== '<stdin>');
    expect(inputs.length).toBeGreaterThan(20);
    expect(
      inputs.filter(
        (input) => !/^(scripts\/(model|text)\/|node_modules\/valibot\/|functions\/(core\/|contract\.ts$))/.test(input),
      ),
    ).toEqual([]);
    expect(warnings).toEqual([]);
    // Nothing of Node exists in this context: no process, require, Buffer, timer or console.
    const page: { answer?: string } = {};
    runInNewContext(outputFiles[0]?.text ?? '', page);
    const scenario = prepareScenario(createScenario());
    const { parameters, prices } = STANDARD_MODEL;
    const here = {
      verdict: decide(STANDARD_MODEL, scenario),
      sensitivity: testSensitivity(STANDARD_MODEL, scenario),
      front: findFront(STANDARD_MODEL, scenario, 300),
      rule: testRule(STANDARD_MODEL, scenario),
      cost: estimateMonthlyCost(prices, planDeployment(parameters, scenario.workload, scenario.deployment)),
    };
    expect(JSON.parse(page.answer ?? '')).toEqual(JSON.parse(JSON.stringify(here)));
  });
});
