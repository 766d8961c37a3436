import type { Choice } from '#model/verdict/choice.ts';
import {
  ENGINE_INPUTS,
  ENGINE_LABELS,
  ENGINES,
  type EngineInput,
  type EngineName,
} from '#model/verdict/engines/engine-inputs.ts';
import type { Report } from '#report/definition/report.ts';
import {
  caseOrigin,
  detailsElement,
  exportHtml,
  type Heading,
  paragraph,
  partElement,
  tableElement,
} from '#report/page/export-html.ts';
import { type Figure, figures, type Section, sentences, words } from '#report/sections/section.ts';
import { ruleSection, sensitivitySection } from '#report/sections/thresholds.ts';
import { formatDollars, formatNumber, formatSeconds, NONE } from '#report/words/figures.ts';
import { formatSpan } from '#text/format-span.ts';
import { type Element, element } from '../element.ts';
import type { CaseView } from '../own-case/evaluate-case.ts';

export const ENGINES_HEADING: Heading = { id: 'engines', title: 'Other engines, and the rule of one hour' };

/** The usual rule put to the test, the engines that it is about, and the threshold with other inputs. */
export function enginesSection(report: Report, view: CaseView): Element {
  return partElement(
    ENGINES_HEADING,
    paragraph(
      'The rule: use a stream processor for windows of a few minutes, because a batch engine needs minutes to start; use batch from about an hour on. ',
      'The table shows the threshold under each set of assumptions. The engines are modelled; none of them was run.',
    ),
    exportHtml(ruleSection(report.rule)),
    exportHtml(enginesFigure(view), caseOrigin('engines', view.own, report)),
    detailsElement('Inputs of the engines', tableElement(inputsTable())),
    element('h3', {}, 'How the threshold moves'),
    exportHtml(sensitivitySection(report.sensitivity, report.verdict.thresholdSeconds)),
  );
}

export function enginesFigure(view: CaseView): Figure {
  return {
    chart: 'engines',
    finding: findingOf(view),
    howToRead:
      'Each line is the monthly cost of an engine on the same stream and database, with its start-up time, billing minimum and size, beside this project’s two paths at their best settings. ' +
      'Cost is on a logarithmic scale. Engines write a window once, when it is final, so their counts are half a window old on average. A line is missing where a run would take longer than its window.',
    ...enginesTable(view),
  };
}

function findingOf({ engines, chosen }: CaseView): string {
  const { windowSeconds, stream, batch } = chosen;
  const at = engines.find((each) => each.windowSeconds === windowSeconds);
  if (at === undefined) return 'Other engines beside the two paths.';
  const costs = ENGINES.map((engine) => `${ENGINE_LABELS[engine]} ${costOf(at.engines[engine])}`);
  return `At ${formatSpan(windowSeconds)}, a month: ${costs.join(', ')}; this project’s paths: streamed ${costOf(stream)}, batched ${costOf(batch)}.`;
}

function enginesTable({ engines, curve }: CaseView): Section {
  return {
    heading: 'USD a month, and mean freshness, over window size; modelled',
    columns: [
      words('Window'),
      figures('Streaming'),
      figures('Batch'),
      ...ENGINES.flatMap((engine) => [figures(ENGINE_LABELS[engine]), figures('its freshness')]),
    ],
    rows: curve.map(({ windowSeconds, stream, batch }, i) => [
      formatSpan(windowSeconds),
      costOf(stream),
      costOf(batch),
      ...ENGINES.flatMap((engine) => engineCells(engines[i]?.engines[engine])),
    ]),
  };
}

function engineCells(estimate: CaseView['engines'][number]['engines'][EngineName] | undefined): string[] {
  if (estimate === undefined) return [NONE, NONE];
  return [costOf(estimate), estimate.possible ? formatSeconds(estimate.freshnessSeconds) : NONE];
}

/** An engine or path that can't work has no price. */
function costOf({ costUsd, possible }: Pick<Choice, 'costUsd' | 'possible'>): string {
  return possible ? formatDollars(costUsd) : 'can’t work';
}

function inputsTable(): Section {
  return {
    heading: 'Inputs of the engines with their sources',
    columns: [words('Input'), sentences('What'), figures('Value'), words('Unit'), words('Origin'), sentences('Source')],
    rows: (Object.entries(ENGINE_INPUTS) as [string, EngineInput][]).map(
      ([name, { value, unit, what, origin, source }]) => [
        name,
        what,
        formatNumber(value),
        unit,
        origin,
        { text: source, address: source },
      ],
    ),
  };
}
