import type { Chart } from './charts/chart.ts';

/** Least width of a chart, px; phones are wider, and axes need it. */
const LEAST_WIDTH = 240;

export type MountedChart = {
  /** Draws another chart in its place. */
  readonly show: (chart: Chart, name: string) => void;
  /** Draws the chart again at its current width, or at a given one. */
  readonly redraw: (width?: number) => void;
};

/** Draws a chart into the element of this id and again whenever its width changes; null where the page has no such element. */
export function mountChart(id: string): MountedChart | null {
  const container = document.getElementById(id);
  if (container === null) return null;
  let shown: { readonly chart: Chart; readonly name: string } | null = null;
  let drawnWidth = 0;

  const redraw = (width = container.clientWidth): void => {
    if (shown === null || width === 0) return;
    drawnWidth = width;
    const { chart, name } = shown;
    container.replaceChildren(
      ...chart(Math.max(LEAST_WIDTH, width)).flatMap(({ title, svg }) => {
        svg.setAttribute('role', 'img');
        svg.setAttribute('aria-label', title === null ? name : `${title}. ${name}`);
        return title === null ? [svg] : [heading(title), svg];
      }),
    );
  };

  new ResizeObserver(() => {
    if (container.clientWidth !== drawnWidth) redraw();
  }).observe(container);

  return {
    show(chart, name) {
      shown = { chart, name };
      redraw();
    },
    redraw,
  };
}

function heading(title: string): HTMLElement {
  const node = document.createElement('p');
  node.className = 'panel';
  node.textContent = title;
  return node;
}
