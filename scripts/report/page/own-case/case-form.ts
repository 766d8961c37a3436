import { REGIMES } from '#model/deployment.ts';
import { READERS } from '#model/verdict/scenario.ts';
import { READERS_IN_WORDS, REGIMES_IN_WORDS } from '#report/words/case.ts';
import { formatNumber } from '#report/words/figures.ts';
import { plural } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import { type Content, type Element, element } from '../element.ts';
import {
  FRESHNESS_STEPS,
  HOST_STEPS,
  type OwnCase,
  RATE_STEPS,
  type Steps,
  WINDOW_STEPS,
  withStep,
} from './own-case.ts';

/** A slider: the part of the case that it moves, its steps, and the text of a value. */
export type Slider = {
  readonly name: 'eventsPerSecond' | 'hosts' | 'windowSeconds' | 'freshnessUsd';
  readonly label: string;
  readonly hint: string | null;
  readonly steps: Steps;
  readonly say: (value: number) => string;
};

export const SLIDERS: readonly Slider[] = [
  { name: 'eventsPerSecond', label: 'Rate', hint: null, steps: RATE_STEPS, say: sayRate },
  {
    name: 'hosts',
    label: 'Hosts',
    hint: null,
    steps: HOST_STEPS,
    say: (hosts) => plural(hosts, 'host'),
  },
  { name: 'windowSeconds', label: 'Window', hint: null, steps: WINDOW_STEPS, say: formatSpan },
  {
    name: 'freshnessUsd',
    label: 'Value of freshness',
    hint: 'Value of a minute less of mean delay',
    steps: FRESHNESS_STEPS,
    say: (usd) => (usd === 0 ? 'nothing' : `$${usd.toLocaleString('en-US')} a month per minute`),
  },
];

export function stepsOf({ steps, name }: Slider, own: OwnCase): Steps {
  return withStep(steps, own[name]);
}

/** The inputs as they stand for a case; the script moves them and listens. */
export function caseForm(own: OwnCase): Element {
  return element(
    'form',
    { id: 'case-form', class: 'controls', 'aria-label': 'Your own case' },
    ...SLIDERS.slice(0, 3).map((slider) => sliderElement(slider, own)),
    choiceElement('reader', 'Reader', READERS, READERS_IN_WORDS, own.reader),
    choiceElement('regime', 'Database', REGIMES, REGIMES_IN_WORDS, own.regime),
    ...SLIDERS.slice(3).map((slider) => sliderElement(slider, own)),
    element('button', { type: 'button', id: 'case-reset', 'aria-disabled': 'true' }, 'Reset to the report’s case'),
  );
}

function sliderElement(slider: Slider, own: OwnCase): Element {
  const { name, label, hint, say } = slider;
  const steps = stepsOf(slider, own);
  const said = say(own[name]);
  const id = `case-${name}`;
  return element(
    'div',
    { class: 'control' },
    element(
      'label',
      { for: id },
      label,
      // An output element would be a live region, and repeat the slider's own announcement.
      element('span', { id: `${id}-text`, class: 'value', 'aria-hidden': 'true' }, said),
    ),
    element('input', {
      type: 'range',
      id,
      name,
      min: 0,
      max: steps.length - 1,
      step: 1,
      value: steps.indexOf(own[name]),
      'aria-valuetext': said,
      'aria-describedby': hint === null ? null : `${id}-hint`,
      autocomplete: 'off',
    }),
    hint === null ? null : element('span', { class: 'hint', id: `${id}-hint` }, hint),
  );
}

function choiceElement<Value extends string>(
  name: string,
  legend: string,
  values: readonly Value[],
  words: Readonly<Record<Value, { readonly ofSeveral: string }>>,
  chosen: Value,
): Element {
  const choice = (value: Value): Content =>
    element(
      'label',
      {},
      element('input', { type: 'radio', name, value, checked: value === chosen, autocomplete: 'off' }),
      words[value].ofSeveral,
    );
  return element(
    'fieldset',
    {},
    element('legend', {}, legend),
    element('div', { class: 'choices' }, ...values.map(choice)),
  );
}

function sayRate(perSecond: number): string {
  const perDay = perSecond * 86_400;
  const scale = [
    [1e9, ' billion'],
    [1e6, ' million'],
    [1, ''],
  ] as const;
  const [unit, name] = scale.find(([size]) => perDay >= size) ?? [1, ''];
  return `${plural(perSecond, 'event')}/s, ${formatNumber(perDay / unit)}${name} a day`;
}
