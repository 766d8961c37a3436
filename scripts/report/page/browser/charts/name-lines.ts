import * as Plot from '@observablehq/plot';
import { HALO } from './chart.ts';
import { apart } from './place-labels.ts';

/** A line and what to call it; heights in px from the top, smaller is higher. */
export type NamedLine = {
  readonly name: string;
  readonly colour: string;
  /** Over the same x as those of the other lines; null where the line is interrupted. */
  readonly points: readonly LinePoint[];
};

export type LinePoint = { readonly x: number; readonly y: number | null };

const LINE_HEIGHT = 15;
const NARROW = 500;

/** Room that names need beside the lines' ends; none where they stand on them. */
export function marginForNames(width: number, wide: number): number {
  return width < NARROW ? 14 : wide;
}

/**
 * Names of lines over the same places, each beside the end of its own. On a narrow chart they stand above and below where two lines
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
  // Not at the edges, where a name would not fit.
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
