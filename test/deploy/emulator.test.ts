import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { emulatorOf } from '#bench/targets/emulator.ts';
import { type EmbeddedPostgres, startPostgres } from '#localstack/embedded/postgres/postgres.ts';
import { type Ministack, startMinistack } from '#localstack/ministack/start.ts';
import { createEmulatorClients, type EmulatorClients } from '#ops/localstack/emulator.ts';
import { descendantsOf, isRunning, type Process } from '../support/processes.ts';
import { accessLog } from './access-log.ts';
import { ask, databaseContents, deployedCounts } from './deployed-database.ts';
import { abortBenchmark, exactReport } from './emulated-benchmark.ts';
import { contentsOf, lastChange, putEvents, putFailedBatch } from './emulator-contents.ts';
import { note, renderTimes, runCommand, startCommand, succeeded, timed } from './project-command.ts';

/** A window's schedule ticks each minute. */
const SETTINGS = ['-c', 'window=60', '-c', 'bound=2', '-c', 'margin=1'];
const TO_DEPLOYED = 120;
/** Two minutes until the window that holds them is due, and what the scheduler and a slow machine add. */
const SCHEDULED_WITHIN_MS = 240_000;

let ministack: Ministack;
let postgres: EmbeddedPostgres;
let clients: EmulatorClients;
let env: Record<string, string>;
let before: { emulator: Record<string, string[]>; database: { schemas: string[]; roles: string[] } };
let ofOthers: Process[];

beforeAll(async () => {
  ofOthers = descendantsOf(process.pid);
  ministack = await timed('start MiniStack', () => startMinistack(inject('ministackPython')));
  postgres = await timed('start PostgreSQL', () => startPostgres());
  env = {
    AWS_ENDPOINT_URL: ministack.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: '',
    DATABASE_URL: postgres.url,
    FUNCTIONS_DATABASE_URL: '',
  };
  clients = createEmulatorClients(emulatorOf(env));
  before = { emulator: await contentsOf(clients, ministack.url), database: await databaseContents(postgres.url) };
});
afterAll(async () => {
  console.log(renderTimes());
  await ministack?.close();
  await postgres?.close();
});

describe('the stack on an emulator of AWS, from deploy to destroy', () => {
  it('is not there before it is deployed, and the commands say so in one line', async () => {
    const benchmark = await runCommand('bench', ['--target', 'localstack'], { env });
    const removal = await runCommand('destroy:localstack', [], { env });

    expect([benchmark.code, removal.code]).toEqual([2, 2]);
    expect(benchmark.stderr.trim().split('\n').at(-1)).toMatch(/^No stack 'Tidemark' at .*npm run deploy:localstack/);
    expect(removal.stderr.trim()).toBe(`No stack 'Tidemark' at ${ministack.url}: nothing is deployed there`);
  });

  it('ends cdk with the command that an interrupt ends', async () => {
    const deploy = startCommand('deploy:localstack', SETTINGS, { env });
    const isDeploying = (): boolean => descendantsOf(deploy.pid).some(({ command }) => command.includes('cdk\0deploy'));
    await expect.poll(isDeploying, { timeout: 60_000 }).toBe(true);
    const started = descendantsOf(deploy.pid);

    deploy.end('SIGINT');
    const { code, stderr } = await deploy.ended;

    expect(code).not.toBe(0); // npm itself dies of the signal
    expect(stderr).toContain('Interrupted');
    await expect.poll(() => started.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  });

  it('fails to deploy in one line where the database refuses its functions', async () => {
    const refused = new URL(postgres.url);
    refused.password = 'a-wrong-one';

    const { code, stderr } = await runCommand('deploy:localstack', SETTINGS, {
      env: { ...env, FUNCTIONS_DATABASE_URL: refused.href },
    });

    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^cdk deploy failed: Migration\S*: .*password authentication failed/),
    ]);
    expect(stderr).not.toContain(refused.password);
  });

  it('deploys by the same command once that is mended', async () => {
    const stdout = succeeded(await runCommand('deploy:localstack', SETTINGS, { env }));

    expect(stdout).toMatch(/^ResultsFunction +Tidemark-results$/m);
    expect(stdout).toMatch(/^Next: .*npm run bench -- --target localstack$/m);
    const { schemas } = await databaseContents(postgres.url);
    expect(schemas).toEqual(expect.arrayContaining(['micro_batch', 'scheduled_batch']));
    const { alarms, rules, queues, schedules } = await contentsOf(clients, ministack.url);
    for (const made of [alarms, rules, queues, schedules]) expect(made).not.toEqual([]);
    await putEvents(clients, 'Tidemark-events', TO_DEPLOYED);
  });

  it('counts 20,000 generated events exactly on both paths', async () => {
    // 33 s of load and a tail of window + bound.
    const load = ['--rate', '500', '--duration', '33s', '--window', '5s', '--bound', '2s'];

    const report = await exactReport(load, { env });

    expect(report.correctness.sentEvents).toBe(20_000);
    expect(report.correctness.microBatch.counted).toBe(20_000);
    expect(report.correctness.scheduledBatch.counted).toBe(20_000);
  });

  it('changes nothing where it is deployed again as it is', async () => {
    const deployed = await lastChange(clients, 'Tidemark');

    succeeded(await runCommand('deploy:localstack', SETTINGS, { env }));

    expect(await lastChange(clients, 'Tidemark')).toBe(deployed);
  });

  it('takes a changed setting', async () => {
    const deployed = await lastChange(clients, 'Tidemark');

    succeeded(await runCommand('deploy:localstack', [...SETTINGS, '-c', 'idleTimeout=37'], { env }));

    expect(await lastChange(clients, 'Tidemark')).not.toBe(deployed);
    const rows = await ask(postgres.url, `select counting->>'idleTimeoutMs' as ms from micro_batch.settings`);
    expect(rows).toEqual([{ ms: '37000' }]);
  });

  it('counts an access log exactly on both paths', async () => {
    const { text, kind } = accessLog();
    note(`replaying ${kind}`);

    const report = await exactReport(['--input', '-', '--window', '5m', '--bound', '15s'], { env, input: text });

    expect(report.load.input?.linesRead).toBeGreaterThan(0);
    expect(report.correctness.sentEvents).toBeGreaterThan(0);
    for (const path of [report.correctness.microBatch, report.correctness.scheduledBatch]) {
      expect(path.counted).toBe(report.correctness.sentEvents);
    }
    expect(report.paths.scheduledBatch.tables).toEqual(report.paths.microBatch.tables);
  });

  it("counts the deployed stream by its own mapping and its own schedule, apart from the runs'", async () => {
    const counted = { microBatch: TO_DEPLOYED, scheduledBatch: TO_DEPLOYED };

    await timed('wait for the schedule', () =>
      expect
        .poll(() => deployedCounts(postgres.url), { timeout: SCHEDULED_WITHIN_MS, interval: 1_000 })
        .toEqual(counted),
    );
  });

  it('finds by a redrive from the stream that nothing of it is to be counted again', async () => {
    const since = new Date(Date.now() - 3_600_000).toISOString();

    const stdout = succeeded(await runCommand('redrive', ['--target', 'localstack', '--since', since], { env }));

    const [records, counted, already] =
      /^the stream +\S+ +(\d+) +(\d+) +(\d+)/m.exec(stdout)?.slice(1).map(Number) ?? [];
    expect({ records, counted, already }).toEqual({ records: TO_DEPLOYED, counted: 0, already: TO_DEPLOYED });
  });

  it('leaves nothing in emulator and database once it is destroyed, left runs included', async () => {
    await putFailedBatch(clients, 'Tidemark');
    await abortBenchmark(env, clients);

    const stdout = succeeded(await runCommand('destroy:localstack', [], { env }));

    expect(stdout.trim().split('\n').at(-1)).toBe('Nothing of Tidemark is left.');
    expect(await contentsOf(clients, ministack.url)).toEqual(before.emulator);
    expect(await databaseContents(postgres.url)).toEqual(before.database);
  });

  it('leaves no process behind', async () => {
    const others = new Set(ofOthers.map(({ pid }) => pid));
    const started = descendantsOf(process.pid).filter(({ pid }) => !others.has(pid));
    expect(started.some(({ command }) => command.includes('ministack'))).toBe(true);
    expect(started.some(({ command }) => command.includes('_worker.js'))).toBe(true); // a function

    await ministack.close();
    await postgres.close();

    await expect.poll(() => started.filter(isRunning).map(({ command }) => command), { timeout: 10_000 }).toEqual([]);
  });
});
