import * as Plot from '@observablehq/plot';
import { PATH_BY_NAME } from '#functions/contract.ts';
import type { CaseView } from '#report/page/own-case/evaluate-case.ts';
import { labelChoice } from '#report/words/setting.ts';
import { mergeCoinciding, type SettingPoint } from '../../sections/settings.ts';
import {
  axisX,
  type Chart,
  drawSvg,
  formatTick,
  GRID,
  HALO,
  heightFor,
  linearAxisUsd,
  NOTHING,
  SERIES,
  scaleTo,
  spanTicks,
} from './chart.ts';
import { type Box, type Placement, placeLabels } from './place-labels.ts';

type Setting = SettingPoint;
type Domain = readonly [number, number];
type Scale = (value: number) => number;

const MARGINS = { marginLeft: 58, marginBottom: 42, marginTop: 26, marginRight: 22 };
const LINE_HEIGHT = 14;
const CHARACTER_WIDTH = 7.2;

const freshnessOf = ({ choice }: Setting): number => choice.freshnessSeconds;
const costOf = ({ choice }: Setting): number => choice.costUsd;

/** Every setting by its freshness and cost. Settings that no other setting beats in both are filled and joined. */
export function settingsChart({ settings: all }: CaseView): Chart {
  const settings = mergeCoinciding(all).filter(({ choice }) => choice.possible);
  if (settings.length === 0) return NOTHING;
  const xDomain = spread(settings.map(freshnessOf), 1.8);
  const yDomain = around(settings.map(costOf));
  const front = settings.filter(({ onFront }) => onFront).sort((a, b) => freshnessOf(a) - freshnessOf(b));
  return (width) => {
    const height = heightFor(width, 320, 420);
    return [
      {
        title: null,
        svg: drawSvg({
          width,
          height,
          ...MARGINS,
          x: { type: 'log', domain: [...xDomain] },
          y: { domain: [...yDomain] },
          marks: [
            Plot.gridY({ ...GRID, ticks: 5 }),
            linearAxisUsd('USD a month'),
            axisX(spanTicks(xDomain), 'mean freshness', formatTick),
            Plot.line(front, {
              x: freshnessOf,
              y: costOf,
              curve: 'step-after',
              stroke: 'var(--line-strong)',
              strokeWidth: 1.5,
            }),
            ...settings.map(settingMark),
            ...labelMarks(settings, front, xDomain, yDomain, width, height),
          ],
        }),
      },
    ];
  };
}

function seriesOf({ choice }: Setting) {
  return SERIES[PATH_BY_NAME[choice.path]];
}

function labelOf({ choice, others }: Setting): string {
  return [choice, ...others].map(labelChoice).join(', ');
}

function settingMark(setting: Setting): Plot.Markish {
  const { stroke, symbol } = seriesOf(setting);
  return Plot.dot([setting], {
    x: freshnessOf,
    y: costOf,
    stroke,
    strokeWidth: 1.75,
    fill: setting.onFront ? stroke : 'var(--ground)',
    symbol,
    r: 5,
  });
}

/** One mark for each label, because all texts of a mark share one offset. */
function labelMarks(
  settings: readonly Setting[],
  front: readonly Setting[],
  xDomain: Domain,
  yDomain: Domain,
  width: number,
  height: number,
): Plot.Markish[] {
  const frame = {
    left: MARGINS.marginLeft,
    right: width - 2,
    top: 0,
    bottom: height - MARGINS.marginBottom,
    lineHeight: LINE_HEIGHT,
  };
  const x = scaleTo(xDomain.map(Math.log), [MARGINS.marginLeft, width - MARGINS.marginRight]);
  const y = scaleTo(yDomain, [height - MARGINS.marginBottom, MARGINS.marginTop]);
  const ordered = [...settings].sort((a, b) => Number(b.onFront) - Number(a.onFront));
  const places = placeLabels(
    ordered.map((setting) => ({
      x: x(Math.log(freshnessOf(setting))),
      y: y(costOf(setting)),
      width: labelOf(setting).length * CHARACTER_WIDTH,
    })),
    frame,
    stairsOf(front, x, y),
  );
  return ordered.map((setting, i) => labelMark(setting, places[i]));
}

/** Areas that the line of the front covers: across at the height of a setting, then down to the next one. */
function stairsOf(front: readonly Setting[], x: Scale, y: Scale): Box[] {
  return front.slice(0, -1).flatMap((from, i) => {
    const to = front[i + 1] ?? from;
    const [left, right] = [x(Math.log(freshnessOf(from))), x(Math.log(freshnessOf(to)))];
    const [top, bottom] = [y(costOf(from)), y(costOf(to))];
    return [
      { left, right, top: top - 1, bottom: top + 1 },
      { left: right - 1, right: right + 1, top, bottom },
    ];
  });
}

function labelMark(setting: Setting, place: Placement = { dx: 0, dy: 0, anchor: 'middle' }): Plot.Markish {
  return Plot.text([setting], {
    x: freshnessOf,
    y: costOf,
    text: () => labelOf(setting),
    fill: seriesOf(setting).fill,
    fontWeight: setting.onFront ? 600 : 400,
    textAnchor: place.anchor,
    dx: place.dx,
    dy: place.dy,
    ...HALO,
  });
}

function spread(values: readonly number[], factor: number): Domain {
  return [Math.min(...values) / factor, Math.max(...values) * factor];
}

/** The range of the values with some room on both sides, but not below 0. */
function around(values: readonly number[]): Domain {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((most - least) * 0.3, most * 0.02, 0.01);
  return [Math.max(0, least - room), most + room];
}
