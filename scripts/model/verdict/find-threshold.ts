import { type Infer, number, object, orNull } from '#text/schema.ts';

const MINUTE = 60;

/** Windows of the grid, minutes, up to a day. They are closest where windows are common; most divide an hour or a day. */
const SEARCHED_MINUTES = [
  1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 240, 300, 360, 480, 600, 720, 840,
  960, 1_200, 1_440,
];

/** Judges one window: true if the batch is at least as good. */
type Judge<Point> = (point: Point) => boolean;

/** The windows of a search with the data to judge them. Points of the grid are made once, points in between as the search halves. */
export type Search<Point> = {
  readonly grid: readonly Point[];
  readonly at: (windowSeconds: number) => Point;
  /** Step of the search, minutes; every window is a multiple of it. */
  readonly stepMinutes: number;
};

type AtWindow = { readonly windowSeconds: number };

export function createSearch<Point>(at: (windowSeconds: number) => Point, stepMinutes = 1): Search<Point> {
  const minutes = SEARCHED_MINUTES.filter((each) => each % stepMinutes === 0);
  return { grid: minutes.map((each) => at(each * MINUTE)), at, stepMinutes };
}

/** Maps the points of a search and keeps its windows. */
export function mapSearch<Point, Other>(search: Search<Point>, map: (point: Point) => Other): Search<Other> {
  const { grid, at, stepMinutes } = search;
  return { grid: grid.map(map), at: (windowSeconds) => map(at(windowSeconds)), stepMinutes };
}

export const THRESHOLD = object({
  thresholdSeconds: orNull(
    number(
      's',
      'smallest window at which the batch is better: the first crossing, on a grid of windows refined to the minute; 60: at every window',
    ),
    'none up to a day',
  ),
  streamAgainSeconds: orNull(
    number('s', 'larger window from which streaming is better again: the first crossing back'),
    'none up to a day',
  ),
});
export type Threshold = Infer<typeof THRESHOLD>;

/**
 * Finds the first crossing to the batch on a grid of windows up to a day, and refines it to the step by halving: at the threshold the
 * batch is at least as good, and one step before it is not. A crossing and back between two windows of the grid is missed.
 *
 * The difference of the paths is uneven: windows that do not divide an hour cost some cents more of scheduler ticks, and one more
 * invocation of a run writes some rows again. So streaming counts as better again only if it is better beyond the error. A window
 * near the threshold that is not on the grid may fall to the other side by those cents.
 *
 * @param favoursBatch judges within the error: false only if streaming is better beyond it
 */
export function findThreshold<Point extends AtWindow>(
  search: Search<Point>,
  isBatchBetter: Judge<Point>,
  favoursBatch = isBatchBetter,
): Threshold {
  const { grid } = search;
  const first = grid.findIndex(isBatchBetter);
  const crossing = grid[first];
  if (crossing === undefined) return { thresholdSeconds: null, streamAgainSeconds: null };
  const before = grid[first - 1];
  const thresholdSeconds =
    before === undefined
      ? crossing.windowSeconds
      : bisect(search, before.windowSeconds, crossing.windowSeconds, isBatchBetter);
  let last = crossing;
  for (const point of grid.slice(first + 1)) {
    if (isBatchBetter(point)) last = point;
    else if (!favoursBatch(point)) {
      const isStreamBetter: Judge<Point> = (each) => !isBatchBetter(each);
      const streamAgainSeconds = bisect(search, last.windowSeconds, point.windowSeconds, isStreamBetter);
      return { thresholdSeconds, streamAgainSeconds };
    }
  }
  return { thresholdSeconds, streamAgainSeconds: null };
}

/** The smallest window from which a judge that favours the batch agrees without a break up to the threshold. */
export function findEarliest<Point extends AtWindow>(
  search: Search<Point>,
  thresholdSeconds: number,
  favoursBatch: Judge<Point>,
): number {
  let earliest = thresholdSeconds;
  for (const point of search.grid.filter((each) => each.windowSeconds < thresholdSeconds).reverse()) {
    if (!favoursBatch(point)) return bisect(search, point.windowSeconds, earliest, favoursBatch);
    earliest = point.windowSeconds;
  }
  return earliest;
}

/** The smallest window from the threshold on where a judge that favours streaming agrees; null: none before `beforeSeconds`. */
export function findLatest<Point extends AtWindow>(
  search: Search<Point>,
  thresholdSeconds: number,
  beforeSeconds: number | null,
  favoursStream: Judge<Point>,
): number | null {
  if (favoursStream(search.at(thresholdSeconds))) return thresholdSeconds;
  let before = thresholdSeconds;
  for (const point of search.grid) {
    const { windowSeconds } = point;
    if (windowSeconds <= thresholdSeconds || windowSeconds >= (beforeSeconds ?? Infinity)) continue;
    if (favoursStream(point)) return bisect(search, before, windowSeconds, favoursStream);
    before = windowSeconds;
  }
  return null;
}

/** The first window where the judge agrees, by halving between one where it does not and one where it does. */
function bisect<Point>({ at, stepMinutes }: Search<Point>, from: number, to: number, judge: Judge<Point>): number {
  const step = stepMinutes * MINUTE;
  let [unlike, like] = [from, to];
  while (like - unlike > step) {
    const middle = unlike + Math.floor((like - unlike) / step / 2) * step;
    if (judge(at(middle))) like = middle;
    else unlike = middle;
  }
  return like;
}
