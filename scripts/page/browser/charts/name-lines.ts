import * as Plot from '@observablehq/plot';
import { HALO } from './chart.ts';
import { apart } from './place-labels.ts';

/** A line and what to call it; heights in px from the top, smaller is higher. */
export type NamedLine = {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
};

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
  if (width < NARROW && lines.length === 2) return nameBetween(lines, heightOf);
  const shifts = apart(
    lines.map(({ points }) => heightOf(points.at(-1)?.y ?? 0)),
    LINE_HEIGHT,
  );
  return lines.map((line, i) => nameMark(line, line.points.length - 1, { anchor: 'start', dx: 9, dy: shifts[i] ?? 0 }));
}

function nameBetween(lines: readonly NamedLine[], heightOf: (y: number) => number): Plot.Markish[] {
  const [one, other] = lines;
  const count = Math.min(one?.points.length ?? 0, other?.points.length ?? 0);
  const gapAt = (i: number): number => Math.abs(heightOf(one?.points[i]?.y ?? 0) - heightOf(other?.points[i]?.y ?? 0));
  // Not at the edges, where a name would not fit.
  const places = Array.from({ length: count }, (_, i) => i).filter((i) => i > count * 0.3 && i < count * 0.75);
  const widest = places.reduce((best, i) => (gapAt(i) > gapAt(best) ? i : best), places[0] ?? 0);
  return lines.map((line) => {
    const isHigher = lines.every((each) => (each.points[widest]?.y ?? 0) <= (line.points[widest]?.y ?? 0));
    // Between the two there is room for one name at least; the higher one has the room above it too.
    const dy = isHigher || gapAt(widest) > 3 * LINE_HEIGHT ? -LINE_HEIGHT : LINE_HEIGHT;
    return nameMark(line, widest, { anchor: 'middle', dx: 0, dy });
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
