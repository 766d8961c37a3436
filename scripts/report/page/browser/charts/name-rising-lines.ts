import * as Plot from '@observablehq/plot';
import { HALO } from './chart.ts';
import { type Box, placeName, type Side } from './place-labels.ts';

/** In a drawing; px from its left and top. */
export type Place = { readonly x: number; readonly y: number };

export type RisingLine = {
  readonly name: string;
  readonly colour: string;
  readonly side: Side;
  readonly places: readonly Place[];
};

const LINE_HEIGHT = 14;
/** Of a bold letter, px. */
const CHARACTER_WIDTH = 7.8;
/** Half of what a line and the air beside it take, px. */
const LINE_ROOM = 4;
/** Places along a line that its name is tried at. */
const MOST_TRIED = 40;

/**
 * Names of lines that rise from left to right, each on its side of its own, as near to the middle as it hides no line and is not cut
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
    const { at, placement, box } = placeName(tried, side, { ...frame, lineHeight: LINE_HEIGHT }, taken);
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
