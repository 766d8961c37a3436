import type { Figure } from '../../sections/section.ts';
import type { DrawnReport } from '../drawn-report.ts';
import { createEvaluator } from '../own-case/evaluate-case.ts';
import { caseOf, isSameCase, type OwnCase, readHash, thresholdCommand, writeHash } from '../own-case/own-case.ts';
import { freshnessFigure } from '../sections/freshness.ts';
import { predictionPairs, predictionsFigure } from '../sections/measurements.ts';
import { timelineFigure } from '../sections/timeline.ts';
import type { Chart } from './charts/chart.ts';
import { freshnessChart } from './charts/freshness-chart.ts';
import { predictionsChart } from './charts/predictions-chart.ts';
import { timelineChart } from './charts/timeline-chart.ts';
import { connectForm } from './connect-form.ts';
import { type MountedChart, mountChart } from './mount-chart.ts';
import { createCaseDisplay } from './show-case.ts';

/** Long enough that a key that is held down moves the slider at once and the verdict when it rests. */
const SETTLE_MS = 80;

start();

function start(): void {
  document.documentElement.classList.add('has-script');
  openContents();
  const report = readEmbedded<DrawnReport>('report');
  const { reportFile } = readEmbedded<{ reportFile: string }>('page');
  const base = caseOf(report.scenario);
  // The report was checked when the page was written.
  const evaluate = createEvaluator({ ...report.model, prices: report.prices.table }, report.scenario);
  const display = createCaseDisplay();
  const charts = drawReport(report);
  let own = base;
  let settling: number | undefined;

  const compute = (): void => {
    display.show(evaluate(own), base);
    // The address changes without a history entry, because nobody goes back through a slider's positions.
    history.replaceState(null, '', `#${writeHash(own, base)}`);
  };
  const change = (next: OwnCase): void => {
    own = next;
    form.show(own, isSameCase(own, base));
    display.showCommand(thresholdCommand(reportFile, own, base));
    clearTimeout(settling);
    settling = window.setTimeout(compute, SETTLE_MS);
  };
  const form = connectForm(base, { onChange: change, onReset: () => change(base) });

  const fromLink = (): OwnCase => readHash(location.hash, base);
  addEventListener('hashchange', () => change(fromLink()));
  own = fromLink();
  form.show(own, isSameCase(own, base));
  display.showCommand(thresholdCommand(reportFile, own, base));
  display.show(evaluate(own), base);
  offerCopy('case-copy', 'case-command', 'case-copied');
  redrawOnPaper([...charts, ...display.charts]);
}

/** Charts of measurements; no slider changes them. */
function drawReport(report: DrawnReport): MountedChart[] {
  return [
    draw(freshnessFigure(report), () => freshnessChart(report)),
    draw(timelineFigure(report), () => timelineChart(report)),
    draw(predictionsFigure(report), () => predictionsChart(predictionPairs(report))),
  ].filter((mounted) => mounted !== null);
}

function draw(figure: Figure | null, chart: () => Chart): MountedChart | null {
  if (figure === null) return null;
  const mounted = mountChart(`${figure.chart}-chart`);
  mounted?.show(chart(), figure.finding);
  return mounted;
}

/**
 * Data that the page was written with, from its script element of this id.
 *
 * @throws Error where there is none: the page was cut
 */
function readEmbedded<Data>(id: string): Data {
  const text = document.getElementById(id)?.textContent;
  if (text === null || text === undefined) throw new Error(`This page has no data '${id}': it was cut; write it again`);
  return JSON.parse(text) as Data;
}

/** Opens the contents if they are beside the text. Above the text, they would push the verdict off the screen. */
function openContents(): void {
  const contents = document.querySelector('nav details');
  const wide = matchMedia('(min-width: 78rem)');
  const follow = (): void => {
    contents?.toggleAttribute('open', wide.matches);
  };
  wide.addEventListener('change', follow);
  follow();
}

/** A button that copies another element's text, or selects it where copying is not allowed. */
function offerCopy(buttonId: string, textId: string, answerId: string): void {
  const button = document.getElementById(buttonId);
  const source = document.getElementById(textId);
  const answer = document.getElementById(answerId);
  if (button === null || source === null || answer === null) return;
  button.addEventListener('click', () => {
    const copied = async (): Promise<string> => {
      await navigator.clipboard.writeText(source.textContent ?? '');
      return 'Copied.';
    };
    const selected = (): string => {
      getSelection()?.selectAllChildren(source);
      return 'Selected: copy it with your keyboard.';
    };
    copied()
      .catch(selected)
      .then((text) => {
        answer.textContent = text;
      });
  });
}

/** Printed width of A4 or Letter within the page's margins, CSS px. */
const PAPER_WIDTH = 680;

/** Charts at a width at which their texts are readable on paper, and back to the screen's afterwards. */
function redrawOnPaper(charts: readonly MountedChart[]): void {
  const paper = matchMedia('print');
  const redraw = (isPaper: boolean): void => {
    for (const chart of charts) chart.redraw(isPaper ? PAPER_WIDTH : undefined);
  };
  paper.addEventListener('change', ({ matches }) => redraw(matches));
  // Some browsers do not announce the change before they print.
  addEventListener('beforeprint', () => redraw(true));
  addEventListener('afterprint', () => redraw(false));
}
