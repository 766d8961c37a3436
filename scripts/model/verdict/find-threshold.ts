import { type Infer, number, object, orNull } from '#text/schema.ts';

const MINUTE = 60;

/** A day in minutes, in steps that are close where windows are common; those that divide an hour or a day are among them. */
const SEARCHED_MINUTES = [
  1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 240, 300, 360, 480, 600, 720, 840,
  960, 1_200, 1_440,
];

/** Whether the batch is at least as good with a window of so many seconds. */
export type BatchJudge = (windowSeconds: number) => boolean;

export const THRESHOLD = object({
  thresholdSeconds: orNull(
    number(
      's',
      'window from which on the batch is better: the first crossing, on a grid of windows refined to the minute; 60: from the smallest window on',
    ),
    'none up to a day',
  ),
  streamAgainSeconds: orNull(
    number('s', 'larger window from which on streaming is better again: the first crossing back'),
    'none up to a day',
  ),
});
export type Threshold = Infer<typeof THRESHOLD>;

/**
 * The first crossing to the batch, on a grid of windows up to a day refined to the step by halving: there the batch is at least as
 * good, and a step before it is not. A crossing and back between two windows of the grid is not seen. The difference of the paths is uneven: windows that don't divide an hour cost some
 * cents of scheduler ticks more, and a run that takes one more invocation writes some rows again. So beyond the threshold streaming
 * counts as better again only where it is so beyond the error; and a window beside the threshold that is not on the grid may fall
 * to the other side by those cents.
 *
 * @param favoursBatch the same within the error: false where streaming is better for sure
 * @param stepMinutes windows are multiples of it
 */
export function findThreshold(isBatchBetter: BatchJudge, favoursBatch = isBatchBetter, stepMinutes = 1): Threshold {
  const windows = searchedWindows(stepMinutes);
  const first = windows.findIndex(isBatchBetter);
  if (first === -1) return { thresholdSeconds: null, streamAgainSeconds: null };
  const turn = (before: number, after: number): number =>
    bisect(windows[before], windows[after] as number, stepMinutes * MINUTE, isBatchBetter);
  let last = first;
  for (const [index, window] of windows.entries()) {
    if (index <= first) continue;
    if (isBatchBetter(window)) last = index;
    else if (!favoursBatch(window)) {
      return { thresholdSeconds: turn(first - 1, first), streamAgainSeconds: turn(last, index) };
    }
  }
  return { thresholdSeconds: turn(first - 1, first), streamAgainSeconds: null };
}

/** The smallest window down to which a judge who favours the batch holds without a break from the threshold; at most that. */
export function findEarliest(thresholdSeconds: number, favoursBatch: BatchJudge): number {
  let earliest = thresholdSeconds;
  for (const window of searchedWindows(1)
    .filter((each) => each < thresholdSeconds)
    .reverse()) {
    if (!favoursBatch(window)) return bisect(window, earliest, MINUTE, favoursBatch);
    earliest = window;
  }
  return earliest;
}

/** The smallest window from the threshold on at which a judge who favours streaming gives in; null: none up to `beforeSeconds`. */
export function findLatest(
  thresholdSeconds: number,
  beforeSeconds: number | null,
  favoursStream: BatchJudge,
): number | null {
  if (favoursStream(thresholdSeconds)) return thresholdSeconds;
  let before = thresholdSeconds;
  for (const window of searchedWindows(1).filter(
    (each) => each > thresholdSeconds && each < (beforeSeconds ?? Infinity),
  )) {
    if (favoursStream(window)) return bisect(before, window, MINUTE, favoursStream);
    before = window;
  }
  return null;
}

function searchedWindows(stepMinutes: number): number[] {
  return SEARCHED_MINUTES.filter((minutes) => minutes % stepMinutes === 0).map((minutes) => minutes * MINUTE);
}

/** The first window, by steps, that is judged as `to` is, where `from` is not; `to` where nothing lies before it. */
function bisect(from: number | undefined, to: number, step: number, judge: BatchJudge): number {
  if (from === undefined) return to;
  const judged = judge(to);
  let [unlike, like] = [from, to];
  while (like - unlike > step) {
    const middle = unlike + Math.floor((like - unlike) / step / 2) * step;
    if (judge(middle) === judged) like = middle;
    else unlike = middle;
  }
  return like;
}
