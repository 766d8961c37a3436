import type { Choice } from '#model/verdict/choice.ts';
import {
  ENGINE_INPUTS,
  ENGINE_LABELS,
  ENGINES,
  type EngineInput,
  type EngineName,
} from '#model/verdict/engines/engine-inputs.ts';
import type { Report } from '#report/definition/report.ts';
import { formatSpan } from '#text/format-span.ts';
import { type Content, type Element, element, link } from '../element.ts';
import { formatDollars, formatNumber, formatSeconds, NONE } from '../figures.ts';
import type { CaseView } from '../own-case/evaluate-case.ts';
import { figures, sentences, type Table, tableElement, words } from '../table.ts';
import { caseFigure } from './case-figure.ts';
import { detailsElement, type Figure, type Heading, nothingToShow, paragraph, sectionElement } from './section.ts';
import { sensitivityTable } from './sensitivity.ts';
import { boundText, thresholdText } from './verdict.ts';

export const ENGINES_HEADING: Heading = { id: 'engines', title: 'Other engines, and the rule of one hour' };

/** The usual rule put to the test, the engines that it speaks of, and how the threshold moves. */
export function enginesSection(report: Report, view: CaseView): Element {
  return sectionElement(
    ENGINES_HEADING,
    paragraph(
      'The rule: a window of a few minutes belongs in a stream processor, since a batch engine needs minutes to start; from about an hour on batch is preferable. ',
      'Here is where the threshold falls under each set of assumptions. The engines are modelled: nothing of them was run here.',
    ),
    ...rule(report),
    caseFigure(enginesFigure(view), view, report),
    detailsElement('What the engines are modelled with', tableElement(inputsTable())),
    element('h3', {}, 'How the threshold moves'),
    ...(report.sensitivity.length === 0
      ? [nothingToShow('It was not asked for.')]
      : [
          paragraph('One thing changed at a time, everything else as in the report’s case.'),
          tableElement(sensitivityTable(report)),
        ]),
  );
}

function rule({ rule }: Report): Content[] {
  if (rule.length === 0) return [nothingToShow('The rule was not put to the test.')];
  return [
    tableElement({
      caption: 'From which window on the batch engine is better, modelled',
      columns: [
        sentences('Assumptions'),
        words('Streaming by'),
        words('Batch by'),
        figures('Batch from'),
        figures('Streaming again from'),
      ],
      rows: rule.map(({ assumptions, stream, batch, thresholdSeconds, streamAgainSeconds }) => [
        assumptions,
        stream,
        batch,
        thresholdText(thresholdSeconds),
        boundText(streamAgainSeconds),
      ]),
    }),
  ];
}

export function enginesFigure(view: CaseView): Figure {
  return {
    id: 'engines',
    finding: findingOf(view),
    howToRead:
      'What each engine costs a month on the same stream and database, with its own start-up, billing minimum and size, beside this project’s two paths at their best. ' +
      'Cost is on a logarithmic scale. Engines write a window once, when it is final, so their counts are as old as half a window in the mean. A line is missing where a run would not be over before the next begins.',
    table: enginesTable(view),
  };
}

function findingOf({ engines, chosen }: CaseView): string {
  const { windowSeconds, stream, batch } = chosen;
  const at = engines.find((each) => each.windowSeconds === windowSeconds);
  if (at === undefined) return 'Other engines beside the two paths.';
  const costs = ENGINES.map((engine) => `${ENGINE_LABELS[engine]} ${costOf(at.engines[engine])}`);
  return `At ${formatSpan(windowSeconds)}, a month: ${costs.join(', ')}; this project’s paths: streamed ${costOf(stream)}, batched ${costOf(batch)}.`;
}

function enginesTable({ engines, curve }: CaseView): Table {
  return {
    caption: 'USD a month, and mean freshness, over window size; modelled',
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

/** What can't work has no price. */
function costOf({ costUsd, possible }: Pick<Choice, 'costUsd' | 'possible'>): string {
  return possible ? formatDollars(costUsd) : 'can’t work';
}

function inputsTable(): Table {
  return {
    caption: 'Inputs of the engines, with where each comes from',
    columns: [words('Input'), sentences('What'), figures('Value'), words('Unit'), words('Origin'), sentences('Source')],
    rows: (Object.entries(ENGINE_INPUTS) as [string, EngineInput][]).map(
      ([name, { value, unit, what, origin, source }]) => [name, what, formatNumber(value), unit, origin, link(source)],
    ),
  };
}
