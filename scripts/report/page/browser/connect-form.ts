import { REGIMES } from '#model/deployment.ts';
import { READERS } from '#model/verdict/scenario.ts';
import { SLIDERS, stepsOf } from '../own-case/case-form.ts';
import type { OwnCase, Steps } from '../own-case/own-case.ts';

type Listeners = { readonly onChange: (own: OwnCase) => void; readonly onReset: () => void };

export type CaseForm = {
  /** Moves the inputs to a case. */
  readonly show: (own: OwnCase, isBase: boolean) => void;
};

/** Listens to the inputs, and moves them when a link or the reset asks for it. */
export function connectForm(base: OwnCase, { onChange, onReset }: Listeners): CaseForm {
  let own = base;
  const stepsByName = new Map<string, Steps>(SLIDERS.map((slider) => [slider.name, stepsOf(slider, base)]));

  const form = document.getElementById('case-form');
  form?.addEventListener('submit', (event) => event.preventDefault());
  form?.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const { name, value } = target;
    if (target.type === 'range') {
      const step = stepsByName.get(name)?.[Number(value)];
      if (step !== undefined) onChange({ ...own, [name]: step });
      return;
    }
    const reader = READERS.find((each) => name === 'reader' && each === value);
    const regime = REGIMES.find((each) => name === 'regime' && each === value);
    onChange({ ...own, ...(reader && { reader }), ...(regime && { regime }) });
  });
  document.getElementById('case-reset')?.addEventListener('click', onReset);

  return {
    show(next, isBase) {
      own = next;
      for (const slider of SLIDERS) {
        const steps = stepsByName.get(slider.name) ?? slider.steps;
        const wider = steps.includes(own[slider.name]) ? steps : stepsOf({ ...slider, steps }, own);
        stepsByName.set(slider.name, wider);
        moveSlider(slider.name, wider, own[slider.name], slider.say(own[slider.name]));
      }
      choose('reader', own.reader);
      choose('regime', own.regime);
      const reset = document.getElementById('case-reset');
      // A disabled button would lose the focus right after it was pressed.
      reset?.setAttribute('aria-disabled', String(isBase));
    },
  };
}

function moveSlider(name: string, steps: Steps, value: number, said: string): void {
  const input = document.getElementById(`case-${name}`);
  if (!(input instanceof HTMLInputElement)) return;
  input.max = String(steps.length - 1);
  input.value = String(steps.indexOf(value));
  input.setAttribute('aria-valuetext', said);
  const text = document.getElementById(`case-${name}-text`);
  if (text !== null) text.textContent = said;
}

function choose(name: string, value: string): void {
  for (const input of document.getElementsByName(name)) {
    if (input instanceof HTMLInputElement) input.checked = input.value === value;
  }
}
