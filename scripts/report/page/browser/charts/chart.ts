import * as Plot from '@observablehq/plot';
import { shortSpan } from '../../../words/setting.ts';

/** A chart at a width in pixels: panels one below the other, each with a heading where there are several. */
export type Chart = (width: number) => readonly Panel[];

/** A chart without data draws nothing, because its axes would be made up. */
export const NOTHING: Chart = () => [];

export type Panel = { readonly title: string | null; readonly svg: Element };

type Options = Parameters<typeof Plot.plot>[0];

/** Draws without the style element that a strict content security policy refuses; the page's own styles stand for it. */
export function drawSvg(options: Options): Element {
  const svg = Plot.plot(options);
  svg.querySelector('style')?.remove();
  return svg;
}

/** Told apart by colour, by dashes and by symbol. */
export const SERIES = {
  microBatch: {
    stroke: 'var(--stream)',
    fill: 'var(--stream)',
    dash: null,
    symbol: 'circle',
    name: 'micro-batch path',
  },
  scheduledBatch: {
    stroke: 'var(--batch)',
    fill: 'var(--batch)',
    dash: '7 4',
    symbol: 'square',
    name: 'scheduled-batch path',
  },
} as const;

/** A label that stays readable over lines. */
export const HALO = { stroke: 'var(--ground)', strokeWidth: 4, paintOrder: 'stroke' } as const;

export const GRID = { stroke: 'var(--line)', strokeOpacity: 1 } as const;

/** Phones get a chart that is higher than wide would make it. */
export function heightFor(width: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, width * 0.5)));
}

/** A linear scale from values to px; either range may fall. */
export function scaleTo(
  [from = 0, to = 1]: readonly number[],
  [low, high]: readonly [number, number],
): (value: number) => number {
  return (value) => low + ((value - from) / (to - from)) * (high - low);
}

/** An axis whose ticks are given; a logarithmic one would leave out all but powers of ten. */
export function axisX(ticks: readonly number[], label: string, say: (value: number) => string): Plot.Markish {
  return Plot.axisX([...ticks], {
    text: (value: number) => say(value),
    tickSize: 0,
    label,
    labelArrow: 'none',
    labelAnchor: 'center',
  });
}

export function axisY(ticks: readonly number[], label: string | null, say: (value: number) => string): Plot.Markish {
  return Plot.axisY([...ticks], { text: (value: number) => say(value), tickSize: 0, label, labelArrow: 'none' });
}

/** A linear axis of costs. */
export function linearAxisUsd(label: string): Plot.Markish {
  return Plot.axisY({ ticks: 5, tickSize: 0, tickFormat: axisUsd, label, labelArrow: 'none' });
}

/** `$0.50`, `$115`, `$1.2M`: short enough for an axis. */
export function axisUsd(usd: number): string {
  const options: Intl.NumberFormatOptions =
    Math.abs(usd) >= 10_000 ? { notation: 'compact', maximumSignificantDigits: 4 } : { maximumFractionDigits: 2 };
  return `$${usd.toLocaleString('en-US', options)}`;
}

/** `30,000`, `1.5M`: more digits would not fit beside a chart. */
export function axisCount(count: number): string {
  return count.toLocaleString('en-US', count >= 1_000_000 ? { notation: 'compact', maximumSignificantDigits: 4 } : {});
}

const ROUND = [1, 2, 5];
const CLOSE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];

/** Round values of a logarithmic scale: powers of ten, with 2 and 5 times them where those alone are few. */
export function roundTicks(least: number, most: number): number[] {
  const powers = Array.from({ length: 31 }, (_, i) => 10 ** (i - 15));
  const within = (values: readonly number[]): number[] => values.filter((value) => value >= least && value <= most);
  const few = within(powers);
  if (few.length < 3) {
    const more = within(powers.flatMap((power) => ROUND.map((digit) => digit * power)));
    return more.length < 3 ? within(powers.flatMap((power) => CLOSE.map((digit) => digit * power))) : more;
  }
  const every = Math.ceil(few.length / 6);
  return few.filter((_, i) => i % every === 0);
}

const SPANS_SECONDS = [0.001, 0.01, 0.1, 1, 10, 60, 600, 3_600, 21_600, 86_400, 604_800];

/** Round spans of time inside a range, s: seconds, minutes and hours rather than powers of ten. */
export function spanTicks([from, to]: readonly [number, number]): number[] {
  return SPANS_SECONDS.filter((span) => span >= from && span <= to);
}

/** Windows that people have, for an axis up to a day. */
const WINDOW_TICKS = [60, 300, 900, 3_600, 14_400, 86_400];
const FEW_WINDOW_TICKS = [60, 300, 3_600, 86_400];
const FEWEST_WINDOW_TICKS = [60, 3_600, 86_400];

/** Smallest and largest window of a curve, s; of an empty one, those of the sliders. */
export function windowRange(curve: readonly { readonly windowSeconds: number }[]): [first: number, last: number] {
  return [curve[0]?.windowSeconds ?? 60, curve.at(-1)?.windowSeconds ?? 86_400];
}

/** @param width px, without the labels beside the end of the axis */
export function windowTicks(width: number): number[] {
  if (width < 240) return FEWEST_WINDOW_TICKS;
  return width < 500 ? FEW_WINDOW_TICKS : WINDOW_TICKS;
}

export function formatTick(seconds: number): string {
  return shortSpan(seconds);
}
