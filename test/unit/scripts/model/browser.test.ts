import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { type BuildResult, build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { estimateMonthlyCost } from '../../../../scripts/cost/monthly-cost.ts';
import { scheduledBatchDelays } from '../../../../scripts/model/delay.ts';
import { defaultDeployment } from '../../../../scripts/model/deployment.ts';
import { STANDARD_MODEL } from '../../../../scripts/model/model.ts';
import { GENERATED_LOAD } from '../../../../scripts/model/workload.ts';

const SCRIPTS = fileURLToPath(new URL('../../../../scripts/', import.meta.url));

/** Bundles these sources as a page has them: nothing left to import, one global with all that they export. */
function bundle(contents: string): Promise<BuildResult<{ write: false; metafile: true }>> {
  return build({
    stdin: { contents, resolveDir: SCRIPTS, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'model',
    logLevel: 'silent',
  });
}

describe('the model in a browser', () => {
  let bundled: BuildResult<{ write: false; metafile: true }>;

  beforeAll(async () => {
    const files = readdirSync(`${SCRIPTS}model`).map((name) => `./model/${name}`);
    const sources = [...files, './cost/monthly-cost.ts', './cost/split-cost.ts'];
    bundled = await bundle(sources.map((file) => `export * from '${file}';`).join('\n'));
  });

  it('needs nothing but itself', () => {
    const inputs = Object.keys(bundled.metafile.inputs).filter((input) => input !== '<stdin>');
    expect(inputs.length).toBeGreaterThan(20);
    expect(
      inputs.filter((input) => !/^scripts\/(model|cost|prices)\/|^scripts\/command\/usage-error\.ts$/.test(input)),
    ).toEqual([]);
    expect(bundled.warnings).toEqual([]);
  });

  it('gives the same figures where there is no process and no module', () => {
    const deployment = { ...defaultDeployment('scheduled-batch'), windowSeconds: 900 };
    const context = createContext({ workload: GENERATED_LOAD, deployment });
    const text = bundled.outputFiles[0]?.text ?? '';
    const answer = runInContext(
      `${text}
      JSON.stringify({
        cost: model.estimateMonthlyCost(model.STANDARD_MODEL, workload, deployment),
        delays: model.scheduledBatchDelays(model.STANDARD_MODEL.parameters, workload, deployment),
      })`,
      context,
    ) as string;
    expect(JSON.parse(answer)).toEqual(
      JSON.parse(
        JSON.stringify({
          cost: estimateMonthlyCost(STANDARD_MODEL, GENERATED_LOAD, deployment),
          delays: scheduledBatchDelays(STANDARD_MODEL.parameters, GENERATED_LOAD, deployment),
        }),
      ),
    );
  });

  it('would fail with a module of Node', async () => {
    await expect(bundle("import { readFileSync } from 'node:fs'; export const read = readFileSync;")).rejects.toThrow(
      /node:fs/,
    );
  });
});
