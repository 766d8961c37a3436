import type { Report } from '#report/definition/report.ts';
import { freshnessFigure } from '../sections/freshness.ts';
import { predictionPairs, predictionsFigure } from '../sections/predictions.ts';
import type { Figure } from '../sections/section.ts';
import { timelineFigure } from '../sections/timeline.ts';
import type { Chart } from './charts/chart.ts';
import { freshnessChart } from './charts/freshness-chart.ts';
import { predictionsChart } from './charts/predictions-chart.ts';
import { timelineChart } from './charts/timeline-chart.ts';
import { type MountedChart, mountChart } from './mount-chart.ts';

/** The charts of what was measured, which no slider changes. */
export function drawReport(report: Report): MountedChart[] {
  return [
    draw(freshnessFigure(report), () => freshnessChart(report)),
    draw(timelineFigure(report), () => timelineChart(report)),
    draw(predictionsFigure(report), () => predictionsChart(predictionPairs(report))),
  ].filter((mounted) => mounted !== null);
}

function draw(figure: Figure | null, chart: () => Chart): MountedChart | null {
  if (figure === null) return null;
  const mounted = mountChart(`${figure.id}-chart`);
  mounted?.show(chart(), figure.finding);
  return mounted;
}
