import { notesElement, sentenceContents, tableElement } from '#report/page/export-html.ts';
import type { Figure } from '#report/sections/section.ts';
import { writeSentence } from '#report/words/sentence.ts';
import { sayWarning } from '#report/words/warning.ts';
import type { Content } from '../element.ts';
import type { CaseView } from '../own-case/evaluate-case.ts';
import { describeCase, isSameCase, type OwnCase } from '../own-case/own-case.ts';
import { costFigure } from '../sections/cost.ts';
import { enginesFigure } from '../sections/engines.ts';
import { caseTable, caseWindows, titleOf } from '../sections/own-case.ts';
import { settingsFigure } from '../sections/settings.ts';
import { writtenFigure } from '../sections/written.ts';
import type { Chart } from './charts/chart.ts';
import { costChart } from './charts/cost-chart.ts';
import { enginesChart } from './charts/engines-chart.ts';
import { settingsChart } from './charts/settings-chart.ts';
import { writtenChart } from './charts/written-chart.ts';
import { type MountedChart, mountChart } from './mount-chart.ts';

type CaseDisplay = {
  readonly show: (view: CaseView, base: OwnCase) => void;
  readonly showCommand: (command: string) => void;
  readonly charts: readonly MountedChart[];
};

const FIGURES: readonly (readonly [
  id: string,
  figure: (view: CaseView) => Figure,
  chart: (view: CaseView) => Chart,
])[] = [
  ['cost', costFigure, costChart],
  ['written', writtenFigure, writtenChart],
  ['settings', settingsFigure, settingsChart],
  ['engines', enginesFigure, enginesChart],
];

/** The parts of the page that follow the sliders: the sentence, the windows, the figures with their tables. */
export function createCaseDisplay(): CaseDisplay {
  const figures = FIGURES.map(([id, figure, chart]) => ({ id, figure, chart, mounted: mountChart(`${id}-chart`) }));
  return {
    show(view, base) {
      const { own, verdict } = view;
      replaceText('case-title', titleOf(own, base));
      if (document.getElementById('case-sentence')?.textContent !== writeSentence(verdict.summary)) {
        replaceContent('case-sentence', ...sentenceContents(verdict.summary));
      }
      replaceContent('case-warnings', notesElement(verdict.warnings.map(sayWarning)));
      replaceContent('case-windows', ...caseWindows(view));
      replaceContent('case-table', ...caseTable(view));
      document.getElementById('own-case')?.classList.toggle('changed', !isSameCase(own, base));
      for (const { id, figure, chart, mounted } of figures) {
        const section = figure(view);
        replaceText(`${id}-finding`, section.finding);
        replaceText(`${id}-case`, describeCase(own));
        replaceContent(`${id}-table`, tableElement(section));
        mounted?.show(chart(view), section.finding);
      }
    },
    showCommand: (command) => replaceText('case-command', command),
    charts: figures.map(({ mounted }) => mounted).filter((mounted) => mounted !== null),
  };
}

/** Changes the text only if it differs, so that a live region does not announce it again. */
function replaceText(id: string, text: string): void {
  const node = document.getElementById(id);
  if (node !== null && node.textContent !== text) node.textContent = text;
}

/** An element and its children as nodes of the document. Texts become text nodes, never markup. */
function renderDom(content: Content): Node[] {
  if (content === null) return [];
  if (typeof content === 'string') return [document.createTextNode(content)];
  const node = document.createElement(content.tag);
  for (const [name, value] of Object.entries(content.attributes)) {
    if (value !== false && value !== null) node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...content.children.flatMap(renderDom));
  return [node];
}

/** Replaces the content of the element with this id. */
function replaceContent(id: string, ...contents: readonly Content[]): void {
  document.getElementById(id)?.replaceChildren(...contents.flatMap(renderDom));
}
