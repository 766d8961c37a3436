import type { Report } from '#report/definition/report.ts';
import { plural } from '#text/plural.ts';
import { type Element, element } from '../element.ts';

/** Whether the figures mean anything, before any of them is shown. */
export function exactnessElements(report: Report): Element[] {
  return [exactness(report), ...(report.complete ? [] : [partial(report)])];
}

function exactness({ exact, load, correctness }: Report): Element {
  const sent = `${plural(correctness.sentEvents, 'event')} in ${plural(load.windows, 'window')}`;
  if (exact) {
    return status(false, '✓ Exact.', ` Both paths counted what was sent to the last event, here ${sent}.`);
  }
  const where = correctness.exact
    ? ' The live run was exact, but something that was measured after it was not.'
    : ` The counts differ from the ${sent} that were sent.`;
  return status(
    true,
    '✗ Not exact.',
    where,
    ' No other figure of this report can be relied on: see ',
    toCorrectness(),
    '.',
  );
}

function toCorrectness(): Element {
  return element('a', { href: '#correctness' }, 'Correctness');
}

function partial({ notMeasured }: Report): Element {
  const missing = notMeasured.map(({ what }) => what).join(', ');
  return status(
    true,
    '◔ Partial.',
    ` The benchmark was ended before all was measured${missing === '' ? '' : `; not there: ${missing}`}.`,
  );
}

function status(bad: boolean, head: string, ...rest: (string | Element)[]): Element {
  return element('p', { class: bad ? 'status bad' : 'status' }, element('strong', {}, head), ...rest);
}
