import { describe, expect, it } from 'vitest';
import { apart, placeLabels } from '../../../../scripts/page/browser/charts/place-labels.ts';

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
