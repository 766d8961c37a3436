import { describe, expect, it } from 'vitest';
import { benchmark, exactReport, SHORT, SHORT_SWEEP, startBenchmark } from '../support/benchmark-run.ts';
import { descendantsOf, isRunning } from '../support/processes.ts';

describe('the whole benchmark', () => {
  it('ends with a verdict, in the terminal, as JSON and as a page', async () => {
    const options = ['--batching-windows', '1s', '--windows', '1m,2h', '--max-events', '100000'];

    const end = await benchmark([...SHORT_SWEEP, ...options]);

    const report = exactReport(end);
    expect(report).toMatchObject({ complete: true, exact: true });
    expect(end.stdout).toContain(report.verdict.sentence);
    expect(end.page).toContain('<!doctype html>');
    expect(end.stdout).toMatch(/report\.html\nReport: .*report\.json\n$/);

    const { repeats, calibration, drains, batchingWindows, notMeasured, model } = report;
    expect(repeats).toHaveLength(1);
    expect(calibration).toMatchObject({ exact: true });
    expect(drains).toMatchObject([{ windowMs: 60_000, exact: true, load: { events: 3_000 } }]);
    expect(batchingWindows).toMatchObject([{ batchingWindowSeconds: 1, exact: true, load: { events: 350 } }]);
    expect(notMeasured).toEqual([
      { what: 'drain of 2 hours', why: '360,000 events, more than the limit of 100,000: modelled instead' },
    ]);
    for (const { cpu, whyNot } of [model.fits.microBatch, model.fits.scheduledBatch]) {
      expect(whyNot).toBeNull();
      expect(cpu?.heldOut.count).toBeGreaterThan(10);
    }
  });

  it('gives a verdict from earlier figures where nothing is to be fitted, and says so', async () => {
    const end = await benchmark(SHORT);

    const report = exactReport(end);
    expect(report).toMatchObject({ calibration: null, drains: [], notMeasured: [], complete: true });
    expect(report.model.fits.microBatch.cpu).toBeNull();
    expect(end.stdout).toContain(report.verdict.sentence);
    expect(end.stdout).toContain('not fitted to this run');
  });

  it('keeps what was measured when it is interrupted in the middle, and leaves nothing behind', async () => {
    const run = await startBenchmark(SHORT_SWEEP);
    await expect.poll(() => run.stderr(), { timeout: 90_000 }).toContain('calibrating the scheduled batch');
    const children = descendantsOf(run.child.pid as number);

    run.child.kill('SIGINT');
    // A terminal's goes to esbuild too, which bundles the page as well; the others are out of its reach.
    const bundlers = children.filter(({ command }) => command.includes('esbuild') && command.includes('--ping'));
    expect(bundlers).not.toEqual([]);
    for (const { pid } of bundlers) process.kill(pid, 'SIGINT');
    const { code, stdout, stderr, report, page } = await run.ended;

    expect(code).toBe(130);
    expect(stderr).toMatch(/Interrupted: the report has what was measured before; nothing is left running\.\n$/);
    expect(report).toMatchObject({ complete: false, exact: true, calibration: null, drains: [] });
    expect(report?.notMeasured).toEqual([
      { what: 'calibration', why: 'interrupted' },
      { what: 'drain of 1 minute', why: 'interrupted before it began' },
    ]);
    expect(stdout).toContain('calibration');
    expect(page).not.toBeNull();
    await expect.poll(() => children.filter(isRunning), { timeout: 20_000 }).toEqual([]);
  });

  it('ends at once at the second interrupt', async () => {
    const run = await startBenchmark(SHORT_SWEEP);
    await expect.poll(() => run.stderr(), { timeout: 90_000 }).toContain('live run');

    run.child.kill('SIGINT');
    run.child.kill('SIGTERM');
    const { code, report } = await run.ended;

    expect({ code, report }).toEqual({ code: 130, report: null });
  });
});
