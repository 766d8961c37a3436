/** A point in a drawing with its text; px. */
export type Labelled = { readonly x: number; readonly y: number; readonly width: number };

/** Position of a text relative to its point. */
export type Placement = { readonly dx: number; readonly dy: number; readonly anchor: 'start' | 'middle' | 'end' };

/** An area of a drawing, px from its left and top. */
export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
type Frame = Box & { readonly lineHeight: number };
/** A placement, the area it covers, and the cost of its overlaps. */
type Tried = { readonly placement: Placement; readonly box: Box; readonly cost: number };

const GAP = 9;
const RADIUS = 6;

/**
 * A place beside each point for its text, the first of ten that runs into nothing: no symbol, no text that is placed already, not
 * the frame's edge. Where all do, the one that does so with the fewest.
 *
 * @param lines areas that a text should leave free, too
 */
export function placeLabels(points: readonly Labelled[], frame: Frame, lines: readonly Box[] = []): Placement[] {
  const symbols = points.map(({ x, y }) => ({
    left: x - RADIUS,
    right: x + RADIUS,
    top: y - RADIUS,
    bottom: y + RADIUS,
  }));
  const taken: Box[] = [];
  return points.map((point) => {
    const best = bestPlacement(point, frame, [...symbols, ...lines, ...taken]);
    taken.push(best.box);
    return best.placement;
  });
}

/** Side of a rising line for its name. */
export type Side = 'above' | 'below';

/** Less than one overlap: the other side is better than lying on something. */
const OTHER_SIDE_COST = 0.5;

/**
 * A place for a rising line's name beside one of its points: the first point, in the order given, that has one on the line's own side
 * where the name runs into nothing; else one on the other side; else where it runs into the fewest.
 *
 * @param points at least one
 */
export function placeName(
  points: readonly Labelled[],
  side: Side,
  frame: Frame,
  taken: readonly Box[],
): { readonly at: number; readonly placement: Placement; readonly box: Box } {
  const tried = points.map((point, at) => ({ at, ...bestPlacement(point, frame, taken, side) }));
  return tried.reduce((least, each) => (each.cost < least.cost ? each : least));
}

function bestPlacement(point: Labelled, frame: Frame, taken: readonly Box[], side: Side | null = null): Tried {
  return placementsFor(frame.lineHeight)
    .map((placement) => {
      const box = boxOf(point, placement, frame.lineHeight);
      const overlaps = taken.filter((other) => overlap(box, other)).length;
      const elsewhere = side === null || side === sideOf(placement) ? 0 : OTHER_SIDE_COST;
      return { placement, box, cost: overlaps + elsewhere + (isInside(box, frame) ? 0 : 10) };
    })
    .reduce((least, each) => (each.cost < least.cost ? each : least));
}

/** Above a line that rises to the right there is room on the left; below it, on the right. */
function sideOf({ dx, dy }: Placement): Side {
  return dy < 0 || (dy === 0 && dx < 0) ? 'above' : 'below';
}

function placementsFor(lineHeight: number): Placement[] {
  const above = -(GAP + lineHeight / 2);
  const below = GAP + lineHeight / 2;
  return [
    { dx: 0, dy: below, anchor: 'middle' },
    { dx: 0, dy: above, anchor: 'middle' },
    { dx: GAP, dy: 0, anchor: 'start' },
    { dx: -GAP, dy: 0, anchor: 'end' },
    { dx: GAP, dy: above, anchor: 'start' },
    { dx: -GAP, dy: above, anchor: 'end' },
    { dx: GAP, dy: below, anchor: 'start' },
    { dx: -GAP, dy: below, anchor: 'end' },
    { dx: 0, dy: below + lineHeight, anchor: 'middle' },
    { dx: 0, dy: above - lineHeight, anchor: 'middle' },
  ];
}

function boxOf({ x, y, width }: Labelled, { dx, dy, anchor }: Placement, lineHeight: number): Box {
  const left = x + dx - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2);
  const top = y + dy - lineHeight / 2;
  return { left, top, right: left + width, bottom: top + lineHeight };
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function isInside(box: Box, frame: Box): boolean {
  return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
}

/** By how much to move texts at these heights, so that each has its line: those that are close spread around their middle. */
export function apart(heights: readonly number[], lineHeight: number): number[] {
  const order = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height);
  const shifts = new Array<number>(heights.length).fill(0);
  const groups: (typeof order)[] = [];
  for (const each of order) {
    let group = [each];
    // Two groups that touch become one, which may touch the one before it.
    for (
      let before = groups.at(-1);
      before !== undefined && touches(before, group, lineHeight);
      before = groups.at(-1)
    ) {
      groups.pop();
      group = [...before, ...group];
    }
    groups.push(group);
  }
  for (const each of groups) {
    const top = topOf(each, lineHeight);
    for (const [i, { height, index }] of each.entries()) shifts[index] = top + (i + 0.5) * lineHeight - height;
  }
  return shifts;
}

type Group = readonly { readonly height: number }[];

function touches(above: Group, below: Group, lineHeight: number): boolean {
  return topOf(below, lineHeight) < topOf(above, lineHeight) + above.length * lineHeight;
}

function topOf(group: Group, lineHeight: number): number {
  const middle = group.reduce((sum, { height }) => sum + height, 0) / group.length;
  return middle - (group.length * lineHeight) / 2;
}
