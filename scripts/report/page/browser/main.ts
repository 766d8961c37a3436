import { modelOf } from '#report/definition/model-of.ts';
import type { Report } from '#report/definition/report.ts';
import { readHash, writeHash } from '../own-case/case-hash.ts';
import { createEvaluator } from '../own-case/evaluate-case.ts';
import { caseOf, isSameCase, type OwnCase } from '../own-case/own-case.ts';
import { thresholdCommand } from '../own-case/threshold-command.ts';
import { connectForm } from './connect-form.ts';
import { drawReport } from './draw-report.ts';
import { offerCopy } from './offer-copy.ts';
import { openContents } from './open-contents.ts';
import { readEmbedded } from './read-embedded.ts';
import { redrawOnPaper } from './redraw-on-paper.ts';
import { createCaseDisplay } from './show-case.ts';

/** Long enough that a key that is held down moves the slider at once and the verdict when it rests. */
const SETTLE_MS = 80;

start();

function start(): void {
  document.documentElement.classList.add('has-script');
  openContents();
  const report = readEmbedded<Report>('report');
  const { reportFile } = readEmbedded<{ reportFile: string }>('page');
  const base = caseOf(report.scenario);
  const evaluate = createEvaluator(modelOf(report), report.scenario);
  const display = createCaseDisplay();
  const charts = drawReport(report);
  let own = base;
  let settling: number | undefined;

  const compute = (): void => {
    display.show(evaluate(own), base);
    // In an address bar, not in the history: a slider's way there is nothing to go back to.
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
