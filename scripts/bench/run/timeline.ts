import type { PathProgress } from './progress.ts';

/** The state of a live run at one moment. */
export type TimelinePoint = {
  /** Time since the load's start, ms. */
  readonly atMs: number;
  /** Events sent. */
  readonly sent: number;
  /** Null before the path's first answer. */
  readonly microBatch: PathPoint | null;
  readonly scheduledBatch: PathPoint | null;
};

export type PathPoint = {
  /** Events counted. */
  readonly counted: number;
  /** Events sent and not counted yet, per shard in the order of the shards' ids. */
  readonly lag: readonly number[];
};

/** Collects points. Once there are many, it keeps fewer of them: a run of a day has one every few minutes. */
export type Timeline = {
  readonly add: (point: TimelinePoint) => void;
  /** Returns the points that were kept, and the last one. */
  readonly points: () => readonly TimelinePoint[];
};

const EVERY_MS = 1_000;
/** Number of points that a chart can show. */
const MAX_POINTS = 600;

/** Creates an empty timeline. Points must be added in the order of their times. */
export function createTimeline({ everyMs = EVERY_MS, maxPoints = MAX_POINTS } = {}): Timeline {
  let kept: TimelinePoint[] = [];
  let last: TimelinePoint | undefined;
  let distanceMs = everyMs;
  return {
    add(point) {
      if (point.atMs < 0) return; // the load still waits for its first window
      last = point;
      const lastKept = kept.at(-1);
      if (lastKept !== undefined && point.atMs < lastKept.atMs + distanceMs) return;
      kept.push(point);
      if (kept.length < maxPoints) return;
      kept = kept.filter((_, index) => index % 2 === 0);
      distanceMs *= 2;
    },
    points: () => (last === undefined || kept.at(-1) === last ? [...kept] : [...kept, last]),
  };
}

export function toPathPoint({ events, lag }: PathProgress): PathPoint {
  const shards = [...lag].sort(([a], [b]) => (a < b ? -1 : 1));
  return { counted: events, lag: shards.map(([, behind]) => behind) };
}
