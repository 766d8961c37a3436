import type { Report } from '#report/definition/report.ts';
import { type Content, type Element, element } from '../element.ts';
import { measured } from '../marks.ts';
import { tableElement } from '../table.ts';
import { batchingWindowsContents } from './batching-windows.ts';
import { drainsContents } from './drains.ts';
import { fitContents } from './fit.ts';
import { predictionsFigure } from './predictions.ts';
import { repeatsTable } from './repeats.ts';
import { figureElement, type Heading, nothingToShow, sectionElement } from './section.ts';

export const MEASUREMENTS: Heading = {
  id: 'measurements',
  title: 'What was measured, and how well the model knew it',
};

export function measurementsSection(report: Report): Element {
  return sectionElement(
    MEASUREMENTS,
    ...predictions(report),
    element('h3', {}, 'Drains'),
    ...drainsContents(report),
    element('h3', {}, 'Batching windows'),
    ...batchingWindowsContents(report),
    element('h3', {}, 'Repeats of the live run'),
    ...repeats(report),
    element('h3', {}, 'The model’s fit'),
    ...fitContents(report),
    ...notMeasured(report),
  );
}

function predictions(report: Report): Content[] {
  const figure = predictionsFigure(report);
  if (figure === null) {
    return [
      nothingToShow(
        'No drain and no batching window was measured: nothing to hold the model against but the live run.',
      ),
    ];
  }
  return [
    figureElement(
      figure,
      element('p', { class: 'case' }, ...measured(report), ', beside the model’s word on the same'),
    ),
  ];
}

function repeats({ repeats, target }: Report): Content[] {
  if (repeats.length < 2) {
    return [nothingToShow('It was run once, so how much it varies from run to run is not known.')];
  }
  return [tableElement(repeatsTable(repeats, target))];
}

function notMeasured({ notMeasured }: Report): Content[] {
  if (notMeasured.length === 0) return [];
  return [
    element('h3', {}, 'Asked for and not measured'),
    element('ul', {}, ...notMeasured.map(({ what, why }) => element('li', {}, `${what}: ${why}`))),
  ];
}
