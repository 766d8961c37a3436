import type { Report } from '#report/definition/report.ts';
import { type Element, element } from '../element.ts';
import { modelled } from '../marks.ts';
import { describeCase } from '../own-case/describe-case.ts';
import type { CaseView } from '../own-case/evaluate-case.ts';
import { type Figure, figureElement } from './section.ts';

/** A figure of the case that is shown, which it names: the sliders change it. */
export function caseFigure(
  figure: Figure,
  { own }: CaseView,
  report: Pick<Report, 'model' | 'prices' | 'target'>,
): Element {
  return figureElement(
    figure,
    element(
      'p',
      { class: 'case' },
      ...modelled(report),
      ': ',
      element('span', { id: `${figure.id}-case` }, describeCase(own)),
    ),
  );
}
