import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { testRule } from '../../../../scripts/engines/test-rule.ts';
import { STANDARD_MODEL } from '../../../../scripts/model/model.ts';
import { findFront } from '../../../../scripts/verdict/pareto.ts';
import { createScenario } from '../../../../scripts/verdict/scenario.ts';
import { testSensitivity } from '../../../../scripts/verdict/sensitivity.ts';
import { decide } from '../../../../scripts/verdict/verdict.ts';

const SCRIPTS = fileURLToPath(new URL('../../../../scripts', import.meta.url));
const ENTRY = `
  import { testRule } from './engines/test-rule.ts';
  import { STANDARD_MODEL } from './model/model.ts';
  import { findFront } from './verdict/pareto.ts';
  import { createScenario } from './verdict/scenario.ts';
  import { testSensitivity } from './verdict/sensitivity.ts';
  import { decide } from './verdict/verdict.ts';
  const scenario = createScenario();
  answer = JSON.stringify({
    verdict: decide(STANDARD_MODEL, scenario),
    sensitivity: testSensitivity(STANDARD_MODEL, scenario),
    front: findFront(STANDARD_MODEL, scenario, 300),
    rule: testRule(STANDARD_MODEL, scenario),
  });
`;

describe('the verdict in a browser', () => {
  it('is bundled without a module of Node, and is the same as here', async () => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: ENTRY, resolveDir: SCRIPTS, loader: 'ts' },
      bundle: true,
      write: false,
      metafile: true,
      platform: 'browser', // an import of node: fails
      format: 'iife',
      target: 'es2022',
      minify: true,
      logLevel: 'silent',
    });
    expect(Object.keys(metafile.inputs).filter((input) => input.includes('node_modules'))).toEqual([]);
    // Of Node nothing is there: no process, require, Buffer, timer or console.
    const page: { answer?: string } = {};
    runInNewContext(outputFiles[0]?.text ?? '', page);
    const scenario = createScenario();
    expect(JSON.parse(page.answer ?? '')).toEqual({
      verdict: decide(STANDARD_MODEL, scenario),
      sensitivity: testSensitivity(STANDARD_MODEL, scenario),
      front: findFront(STANDARD_MODEL, scenario, 300),
      rule: testRule(STANDARD_MODEL, scenario),
    });
  });
});
