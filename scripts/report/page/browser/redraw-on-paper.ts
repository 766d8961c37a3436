import type { MountedChart } from './mount-chart.ts';

/** Printed width of A4 or Letter within the page's margins, CSS px. */
const PAPER_WIDTH = 680;

/** Charts at a width at which their texts are readable on paper, and back to the screen's afterwards. */
export function redrawOnPaper(charts: readonly MountedChart[]): void {
  const paper = matchMedia('print');
  const redraw = (isPaper: boolean): void => {
    for (const chart of charts) chart.redraw(isPaper ? PAPER_WIDTH : undefined);
  };
  paper.addEventListener('change', ({ matches }) => redraw(matches));
  // Not every browser tells of the change before it prints.
  addEventListener('beforeprint', () => redraw(true));
  addEventListener('afterprint', () => redraw(false));
}
