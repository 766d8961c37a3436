import * as Plot from '@observablehq/plot';
import { HALO } from './chart.ts';
import { apart, type Box, placeName, type Side } from './place-labels.ts';

/** A line and its name; heights in px from the top, smaller is higher. */
type NamedLine = {
  readonly name: string;
  readonly colour: string;
  /** Over the same x as those of the other lines; null where the line is interrupted. */
  readonly points: readonly LinePoint[];
};

export type LinePoint = { readonly x: number; readonly y: number | null };

const LINE_HEIGHT = 15;
const NARROW = 500;

/** Margin for the names beside the lines' ends, px; narrow charts have the names on the lines. */
export function marginForNames(width: number, wide: number): number {
  return width < NARROW ? 14 : wide;
}

/**
 * Names of lines over the same places, each beside the end of its line. On a narrow chart names are above and below where two lines
 * are furthest apart.
 *
 * @param heightOf px from the top for a value of y
 */
export function nameLines(lines: readonly NamedLine[], width: number, heightOf: (y: number) => number): Plot.Markish[] {
  const drawn = lines.filter(({ points }) => points.some(({ y }) => y !== null));
  if (width < NARROW) return nameBetween(drawn, heightOf);
  const ends = drawn.map(({ points }) => points.findLastIndex(({ y }) => y !== null));
  const shifts = apart(
    drawn.map(({ points }, i) => heightOf(points[ends[i] ?? 0]?.y ?? 0)),
    LINE_HEIGHT,
  );
  return drawn.map((line, i) => nameMark(line, ends[i] ?? 0, { anchor: 'start', dx: 9, dy: shifts[i] ?? 0 }));
}

function nameBetween(lines: readonly NamedLine[], heightOf: (y: number) => number): Plot.Markish[] {
  const heightsAt = (i: number): number[] => lines.map(({ points }) => heightOf(points[i]?.y ?? 0));
  const gapAt = (i: number): number => Math.max(...heightsAt(i)) - Math.min(...heightsAt(i));
  const count = lines[0]?.points.length ?? 0;
  const whole = Array.from({ length: count }, (_, i) => i).filter((i) =>
    lines.every(({ points }) => points[i]?.y !== null),
  );
  // The edges are left out, because a name would not fit there.
  const inside = whole.filter((i) => i > count * 0.3 && i < count * 0.75);
  const widest = (inside.length > 0 ? inside : whole).reduce(
    (best, i) => (gapAt(i) > gapAt(best) ? i : best),
    inside[0] ?? whole[0] ?? -1,
  );
  return lines.map((line) => {
    const at = widest === -1 ? line.points.findIndex(({ y }) => y !== null) : widest;
    const isHigher = heightOf(line.points[at]?.y ?? 0) <= Math.min(...heightsAt(at));
    // Between the two there is room for one name at least; the higher one has the room above it too.
    const dy = isHigher || gapAt(at) > 3 * LINE_HEIGHT ? -LINE_HEIGHT : LINE_HEIGHT;
    return nameMark(line, at, { anchor: 'middle', dx: 0, dy });
  });
}

function nameMark(
  { name, colour, points }: NamedLine,
  at: number,
  { anchor, dx, dy }: { readonly anchor: 'start' | 'middle'; readonly dx: number; readonly dy: number },
): Plot.Markish {
  return Plot.text(points.slice(at, at + 1), {
    x: 'x',
    y: 'y',
    text: () => name,
    fill: colour,
    fontWeight: 600,
    textAnchor: anchor,
    dx,
    dy,
    ...HALO,
  });
}

/** In a drawing; px from its left and top. */
export type Place = { readonly x: number; readonly y: number };

type RisingLine = {
  readonly name: string;
  readonly colour: string;
  readonly side: Side;
  readonly places: readonly Place[];
};

const RISING_LINE_HEIGHT = 14;
/** Width of a bold letter, px. */
const CHARACTER_WIDTH = 7.8;
/** Half of the room for a line and its margin, px. */
const LINE_ROOM = 4;
/** Places along a line that its name is tried at. */
const MOST_TRIED = 40;

/**
 * Names of lines that rise from left to right, each on its side of the line, as near to the middle as it hides no line and is not cut
 * off by the frame.
 *
 * @param others lines without a name that are to stay in sight, too
 */
export function nameRisingLines(
  lines: readonly RisingLine[],
  others: readonly (readonly Place[])[],
  frame: Box,
): Plot.Markish[] {
  const taken = [...others, ...lines.map(({ places }) => places)].flatMap(coveredBy);
  return lines.flatMap(({ name, colour, side, places }) => {
    if (places.length === 0) return [];
    const tried = fromMiddle(places).map((place) => ({ ...place, width: name.length * CHARACTER_WIDTH }));
    const { at, placement, box } = placeName(tried, side, { ...frame, lineHeight: RISING_LINE_HEIGHT }, taken);
    taken.push(box);
    return tried.slice(at, at + 1).map(({ x, y }) =>
      Plot.text([name], {
        // Already px: the scales are for values.
        x: { value: [x], scale: null },
        y: { value: [y], scale: null },
        fill: colour,
        fontWeight: 600,
        textAnchor: placement.anchor,
        dx: placement.dx,
        dy: placement.dy,
        ...HALO,
      }),
    );
  });
}

/** From point to point; a stair's treads and risers lie at the edges of the same areas. */
function coveredBy(places: readonly Place[]): Box[] {
  return places.slice(1).map((to, i) => {
    const from = places[i] ?? to;
    return {
      left: Math.min(from.x, to.x) - LINE_ROOM,
      right: Math.max(from.x, to.x) + LINE_ROOM,
      top: Math.min(from.y, to.y) - LINE_ROOM,
      bottom: Math.max(from.y, to.y) + LINE_ROOM,
    };
  });
}

/** Some of them, those in the middle first. */
function fromMiddle(places: readonly Place[]): Place[] {
  const every = Math.ceil(places.length / MOST_TRIED);
  const middle = (places.length - 1) / 2;
  return places
    .map((place, i) => ({ place, away: Math.abs(i - middle) }))
    .filter((_, i) => i % every === 0)
    .sort((a, b) => a.away - b.away)
    .map(({ place }) => place);
}
