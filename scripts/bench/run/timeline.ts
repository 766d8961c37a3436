import { ofBothPaths } from '#model/deployment.ts';
import { described, flag, type Infer, listOf, number, object, orNull, text } from '#text/schema.ts';
import type { PathProgress } from './progress.ts';

const PATH_POINT = object({
  counted: number('events', 'events counted so far'),
  lag: listOf(
    number('events'),
    'events sent and not counted yet, one number per shard in the order of the shards’ ids',
  ),
});
export type PathPoint = Infer<typeof PATH_POINT>;

/** How far the load and both paths were at one moment of a live run. */
export const TIMELINE_POINT = object(
  {
    atMs: number('ms', 'time since `load.startedAt`'),
    sent: number('events', 'events sent so far'),
    ...ofBothPaths(orNull(described(PATH_POINT, 'how far the path was'), 'it was not asked yet')).entries,
  },
  'timeline point',
);
export type TimelinePoint = Infer<typeof TIMELINE_POINT>;

/** One execution environment that was killed. */
export const KILL = object(
  {
    atMs: number('epoch ms', 'when it was killed'),
    functionName: text('its function'),
    busy: flag('whether it was serving an invocation'),
  },
  'fault',
);
export type Kill = Infer<typeof KILL>;

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
