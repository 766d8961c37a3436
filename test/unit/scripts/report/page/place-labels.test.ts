import { describe, expect, it } from 'vitest';
import { apart, placeLabels, placeName } from '#report/page/browser/charts/place-labels.ts';

const FRAME = { left: 0, right: 300, top: 0, bottom: 200, lineHeight: 14 };

describe('placeLabels', () => {
  it('puts a label below its point where there is room', () => {
    expect(placeLabels([{ x: 150, y: 100, width: 40 }], FRAME)).toEqual([{ dx: 0, dy: 16, anchor: 'middle' }]);
  });

  it('puts it above at the lower edge, and to the left at the right edge', () => {
    const [atBottom, atRight] = placeLabels(
      [
        { x: 150, y: 195, width: 40 },
        { x: 295, y: 100, width: 40 },
      ],
      FRAME,
    );
    expect(atBottom).toMatchObject({ dy: -16, anchor: 'middle' });
    expect(atRight).toMatchObject({ anchor: 'end' });
  });

  it('puts labels of two settings at one point on two sides of it', () => {
    const point = { x: 150, y: 100, width: 40 };
    const [one, other] = placeLabels([point, point], FRAME);
    expect(one).not.toEqual(other);
  });

  it('leaves a line free', () => {
    const below = { left: 0, right: 300, top: 114, bottom: 118 };
    expect(placeLabels([{ x: 150, y: 100, width: 40 }], FRAME, [below])).toMatchObject([{ dy: -16 }]);
  });
});

describe('placeName', () => {
  const middle = { x: 150, y: 100, width: 90 };
  const left = { x: 60, y: 150, width: 90 };

  it('stands on its side of the line', () => {
    expect(placeName([middle], 'above', FRAME, [])).toMatchObject({ placement: { dx: 0, dy: -16 } });
    expect(placeName([middle], 'below', FRAME, [])).toMatchObject({ placement: { dx: 0, dy: 16 } });
  });

  it('stands beside the first point where it fits into the frame', () => {
    expect(placeName([middle, left], 'below', FRAME, [])).toMatchObject({ at: 0 });
    expect(placeName([middle, left], 'below', { ...FRAME, right: 120 }, [])).toMatchObject({ at: 1 });
  });

  it('takes the other side rather than to lie on something', () => {
    const below = { left: 0, right: 300, top: 95, bottom: 200 };
    expect(placeName([middle], 'below', FRAME, [below])).toMatchObject({ placement: { dx: 0, dy: -16 } });
  });

  it('lies on the fewest where it is free nowhere', () => {
    const everywhere = { left: 0, right: 300, top: 0, bottom: 200 };
    const right = { ...everywhere, left: 120 };
    expect(placeName([middle, left], 'above', FRAME, [everywhere, right])).toMatchObject({ at: 1 });
  });
});

describe('apart', () => {
  it('leaves texts where they are that have room', () => {
    expect(apart([10, 50, 90], 15)).toEqual([0, 0, 0]);
  });

  it('moves two that lie on each other by half a line each', () => {
    expect(apart([50, 50], 10)).toEqual([-5, 5]);
  });

  it('keeps their order, and moves a neighbour that is then in the way', () => {
    const heights = [61, 50, 52];
    const moved = apart(heights, 10).map((shift, i) => shift + (heights[i] ?? 0));
    const sorted = [...moved].sort((a, b) => a - b);
    expect(moved).toEqual([sorted[2], sorted[0], sorted[1]]);
    expect(sorted.map((at) => at - (sorted[0] ?? 0)).map(Math.round)).toEqual([0, 10, 20]);
  });
});
