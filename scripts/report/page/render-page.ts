import { createHash } from 'node:crypto';
import { modelOf } from '../definition/model-of.ts';
import type { Report } from '../definition/report.ts';
import { pickDrawn } from './drawn-report.ts';
import { type Element, element } from './element.ts';
import { detailsElement } from './export-html.ts';
import { createEvaluator } from './own-case/evaluate-case.ts';
import { caseOf } from './own-case/own-case.ts';
import { renderHtml, renderJson } from './render-html.ts';
import { ASSUMPTIONS, assumptionsSection } from './sections/assumptions.ts';
import { CORRECTNESS, correctnessSection } from './sections/correctness.ts';
import { COST, costSection } from './sections/cost.ts';
import { ENGINES_HEADING, enginesSection } from './sections/engines.ts';
import { FRESHNESS, freshnessSection } from './sections/freshness.ts';
import { MEASUREMENTS, measurementsSection } from './sections/measurements.ts';
import { OWN_CASE, ownCaseSection } from './sections/own-case.ts';
import { SETTINGS, settingsSection } from './sections/settings.ts';
import { TIMELINE, timelineSection } from './sections/timeline.ts';
import { VERDICT, verdictSection } from './sections/verdict.ts';
import { WRITTEN, writtenSection } from './sections/written.ts';

/** The page's script and styles, as text. */
export type Assets = { readonly script: string; readonly styles: string };

const HEADINGS = [
  VERDICT,
  OWN_CASE,
  FRESHNESS,
  COST,
  WRITTEN,
  SETTINGS,
  TIMELINE,
  CORRECTNESS,
  MEASUREMENTS,
  ENGINES_HEADING,
  ASSUMPTIONS,
];

/**
 * The page as one document that loads nothing: everything is in it as text, the script adds charts and sliders.
 *
 * @param reportFile path of report.json, as a command line would name it
 */
export function renderPage(report: Report, reportFile: string, { script, styles }: Assets): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(styles)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  // Script and styles are the project's and are not escaped; the data is escaped for a script element.
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${renderHtml(element('title', {}, `Tidemark: stream or batch? ${report.run.startedAt.slice(0, 10)}`))}
<style>${styles}</style>
</head>
<body>
${renderHtml(bodyOf(report, reportFile))}
<script type="application/json" id="report">${renderJson(pickDrawn(report))}</script>
<script type="application/json" id="page">${renderJson({ reportFile })}</script>
<script>${script}</script>
</body>
</html>
`;
}

function bodyOf(report: Report, reportFile: string): Element {
  const view = createEvaluator(modelOf(report), report.scenario)(caseOf(report.scenario));
  return element(
    'div',
    { class: 'frame' },
    element('a', { class: 'skip', href: '#main' }, 'Skip to the verdict'),
    headerElement(report),
    contentsElement(),
    element(
      'main',
      { id: 'main', tabindex: -1 },
      verdictSection(report),
      ownCaseSection(report, view, reportFile),
      freshnessSection(report),
      costSection(report, view),
      writtenSection(report, view),
      settingsSection(report, view),
      timelineSection(report),
      correctnessSection(report),
      measurementsSection(report),
      enginesSection(report, view),
      assumptionsSection(report),
    ),
    footerElement(report),
  );
}

function headerElement({ run, target, machine }: Report): Element {
  const day = `${run.startedAt.slice(0, 16).replace('T', ' ')} UTC`;
  return element(
    'header',
    {},
    element(
      'div',
      { class: 'masthead' },
      element('h1', {}, 'Tidemark: stream or batch?'),
      element('p', {}, `${day} · ${target.name} target · ${machine.cpus} CPUs, Node ${machine.node}`),
    ),
  );
}

function contentsElement(): Element {
  return element(
    'nav',
    { 'aria-label': 'Contents' },
    detailsElement(
      'Contents',
      element('ol', {}, ...HEADINGS.map(({ id, title }) => element('li', {}, element('a', { href: `#${id}` }, title)))),
    ),
  );
}

function footerElement({ tidemarkVersion, digest }: Report): Element {
  return element(
    'footer',
    {},
    `Made by Tidemark ${tidemarkVersion} from the report with the digest `,
    element('code', {}, digest.slice(0, 16)),
    '.',
  );
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
