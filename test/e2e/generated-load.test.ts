import { describe, expect, it } from 'vitest';
import { benchmark, exactReport, SHORT } from '../support/benchmark-run.ts';

describe('the live experiment', () => {
  it('counts every event on both paths, with late, malformed and packed ones among them', async () => {
    const options = ['--late-share', '0.05', '--malformed', '0.03', '--events-per-record', '4', '--shards', '3'];

    const report = exactReport(await benchmark([...SHORT, ...options]));

    const { correctness, paths, load } = report;
    expect(load.lines).toBe(2700); // 300 a second for 6 s and a tail of bound + window
    expect(correctness.sentEvents + correctness.sentMalformed).toBe(load.lines);
    expect(correctness.sentMalformed).toBeGreaterThan(0);
    for (const path of [correctness.microBatch, correctness.scheduledBatch]) {
      expect(path.counted).toBe(correctness.sentEvents);
      expect(path.quarantined).toBe(correctness.sentMalformed);
      expect(path.late).toBeGreaterThan(0);
      expect([path.missing, path.surplus, path.dropped, path.discarded, path.expired, path.unexplained]).toEqual([
        0, 0, 0, 0, 0, 0,
      ]);
    }
    // Lateness is judged in stream order, so alike however the batches were cut.
    expect(correctness.microBatch.late).toBe(correctness.scheduledBatch.late);
    for (const path of [paths.microBatch, paths.scheduledBatch]) {
      expect(path.freshnessMs?.count).toBe(correctness.sentEvents);
      expect(path.endToEndMs?.count).toBe(correctness.sentEvents);
      expect(path.finalityMs?.count).toBeGreaterThan(0);
      expect(path.openWindows).toBeGreaterThan(0); // the last one always is
      expect((path.finalityMs?.count ?? 0) + path.openWindows).toBeLessThanOrEqual(load.windows);
      expect(path.invocations).toBeGreaterThan(0);
      expect(path.coldStarts).toBeGreaterThan(0);
      expect(path.billedDurationMs).toBeGreaterThan(0);
      expect(path.maxMemoryMb).toBeGreaterThan(20);
      expect(path.rowsFinal).toBe(path.tables.byHost.rows + path.tables.bySource.rows);
      expect(path.rowsWritten).toBeGreaterThanOrEqual(path.rowsFinal);
    }
    expect(paths.microBatch.rowsWritten).toBeGreaterThan(paths.scheduledBatch.rowsWritten);
    expect(report.schemas).toEqual({ microBatch: null, scheduledBatch: null });
  });

  it('gives the same tables from one shard and from three', async () => {
    const sameEvents = ['--seed', '7', '--event-start', '2026-01-01T00:00:00Z', '--late-share', '0.05'];

    const [one, three] = await Promise.all(
      ['1', '3'].map((shards) => benchmark([...SHORT, ...sameEvents, '--shards', shards]).then(exactReport)),
    );

    expect(one?.stream.shards).toBe(1);
    expect(three?.stream.shards).toBe(3);
    expect(three?.paths.microBatch.tables).toEqual(one?.paths.microBatch.tables);
    expect(three?.paths.scheduledBatch.tables).toEqual(one?.paths.microBatch.tables);
    expect(one?.paths.microBatch.finalityMs).toBeNull(); // event times are not ours
  });

  it('stays exact when execution environments are killed at work', async () => {
    // So many, since one that is killed while it starts has no invocation yet that could fail.
    const options = ['--duration', '10s', '--chaos', 'kill=12', '--shards', '2'];
    const report = exactReport(await benchmark([...SHORT, ...options]));

    expect(report.faults.length).toBe(12);
    expect(report.faults.filter(({ busy }) => busy).length).toBeGreaterThan(0);
    const { microBatch, scheduledBatch } = report.paths;
    expect((microBatch.failedInvocations ?? 0) + (scheduledBatch.failedInvocations ?? 0)).toBeGreaterThan(0);
  });
});
