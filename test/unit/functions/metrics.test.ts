import { describe, expect, it, vi } from 'vitest';
import { type CommitMetrics, logMetrics, metricLine } from '#functions/metrics.ts';

const COMMIT: CommitMetrics = {
  stack: 'Tidemark',
  path: 'microBatch',
  committedMs: Date.UTC(2026, 0, 31, 12, 5),
  events: 480,
  rowsWritten: 96,
  quarantinedLines: 3,
  pathWatermarkMs: Date.UTC(2026, 0, 31, 12, 4, 44),
};

describe('metricLine', () => {
  it('is one object in the embedded metric format: five metrics of one stack and path', () => {
    expect(JSON.parse(metricLine(COMMIT))).toEqual({
      _aws: {
        Timestamp: Date.UTC(2026, 0, 31, 12, 5),
        CloudWatchMetrics: [
          {
            Namespace: 'Tidemark',
            Dimensions: [['Stack', 'Path']],
            Metrics: [
              { Name: 'Commits', Unit: 'Count' },
              { Name: 'Events', Unit: 'Count' },
              { Name: 'RowsWritten', Unit: 'Count' },
              { Name: 'QuarantinedLines', Unit: 'Count' },
              { Name: 'WatermarkLag', Unit: 'Milliseconds' },
            ],
          },
        ],
      },
      Stack: 'Tidemark',
      Path: 'micro-batch',
      Commits: 1,
      Events: 480,
      RowsWritten: 96,
      QuarantinedLines: 3,
      WatermarkLag: 16_000,
    });
  });

  it('names the path as people write it', () => {
    expect(JSON.parse(metricLine({ ...COMMIT, path: 'scheduledBatch' })).Path).toBe('scheduled-batch');
  });

  it.each([null, Number.NEGATIVE_INFINITY, Number.NaN])(
    'leaves the lag out, its definition too, where the watermark is %s',
    (pathWatermarkMs) => {
      const line = JSON.parse(metricLine({ ...COMMIT, pathWatermarkMs }));

      expect(line).not.toHaveProperty('WatermarkLag');
      expect(line._aws.CloudWatchMetrics[0].Metrics.map(({ Name }: { Name: string }) => Name)).toEqual([
        'Commits',
        'Events',
        'RowsWritten',
        'QuarantinedLines',
      ]);
    },
  );

  it('has whole milliseconds, since the database gives fractions', () => {
    const line = JSON.parse(metricLine({ ...COMMIT, committedMs: 1_769_861_100_000.416 }));

    expect(line._aws.Timestamp).toBe(1_769_861_100_000);
    expect(Number.isInteger(line.WatermarkLag)).toBe(true);
  });

  it('stays one line whatever the stack is called', () => {
    expect(metricLine({ ...COMMIT, stack: 'a\nb' })).not.toContain('\n');
  });
});

describe('logMetrics', () => {
  it('writes the line as it is, in one write, past the console', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const log = vi.spyOn(console, 'log');
    try {
      logMetrics(COMMIT);

      expect(write.mock.calls).toEqual([[`${metricLine(COMMIT)}\n`]]);
      expect(log).not.toHaveBeenCalled();
    } finally {
      vi.restoreAllMocks();
    }
  });
});
