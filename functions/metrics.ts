import { PATHS, type Path } from './core/paths.ts';

/** One commit to the deployed stream, as alarms and dashboard see it. */
export type CommitMetrics = {
  stack: string;
  path: Path;
  /** Time of the commit by the database's clock, epoch ms. */
  committedMs: number;
  events: number;
  rowsWritten: number;
  quarantinedLines: number;
  /** The path's watermark after the commit, epoch ms; null or not finite if there is none yet. */
  pathWatermarkMs: number | null;
};

/**
 * Writes one line in CloudWatch's embedded metric format. It bypasses `console`, because Lambda's JSON log format would
 * wrap the line, and CloudWatch reads metrics only from a line that is the object itself.
 */
export function logMetrics(commit: CommitMetrics): void {
  process.stdout.write(`${metricLine(commit)}\n`);
}

/** The line without its newline. AWS bills each combination of metric name and dimensions, so there are few of both. */
export function metricLine(commit: CommitMetrics): string {
  const { stack, path, committedMs, events, rowsWritten, quarantinedLines, pathWatermarkMs } = commit;
  const lag = pathWatermarkMs === null ? Number.NaN : Math.round(committedMs - pathWatermarkMs);
  const metrics: Metric[] = [
    { name: 'Commits', unit: 'Count', value: 1 },
    { name: 'Events', unit: 'Count', value: events },
    { name: 'RowsWritten', unit: 'Count', value: rowsWritten },
    { name: 'QuarantinedLines', unit: 'Count', value: quarantinedLines },
    ...(Number.isFinite(lag) ? [{ name: 'WatermarkLag', unit: 'Milliseconds', value: lag } as const] : []),
  ];
  return JSON.stringify({
    _aws: {
      Timestamp: Math.round(committedMs), // CloudWatch silently drops a line whose timestamp is not whole milliseconds
      CloudWatchMetrics: [
        {
          Namespace: 'Tidemark',
          Dimensions: [['Stack', 'Path']],
          Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    Stack: stack,
    Path: PATHS[path].name,
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
  });
}

type Metric = { name: string; unit: 'Count' | 'Milliseconds'; value: number };
