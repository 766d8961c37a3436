import { usdOf } from '../cost/term.ts';
import type { Model } from '../model.ts';
import type { Choice } from './choice.ts';
import { planChoice } from './deploy-alone.ts';
import type { JudgedWindow } from './judged-window.ts';
import type { PreparedScenario } from './scenario.ts';

/** A line of the bill at a price that only a third party names (grade T), and what the batch pays of it beyond streaming, USD a month. */
export type UncheckedLine = { readonly label: string; readonly differenceUsd: number };

export function listUnchecked(
  model: Model,
  scenario: PreparedScenario,
  { stream, batch }: Pick<JudgedWindow, 'stream' | 'batch'>,
): UncheckedLine[] {
  const lines = new Map<string, UncheckedLine>();
  const add = (choice: Choice, sign: 1 | -1): void => {
    for (const { id, label, costUsd } of payUnchecked(model, scenario, choice)) {
      lines.set(id, { label, differenceUsd: (lines.get(id)?.differenceUsd ?? 0) + sign * costUsd });
    }
  };
  add(batch, 1);
  add(stream, -1);
  return [...lines.values()];
}

function payUnchecked(
  { parameters, prices }: Model,
  scenario: PreparedScenario,
  choice: Choice,
): { id: string; label: string; costUsd: number }[] {
  return planChoice(parameters, scenario, choice)
    .uses.filter(({ price }) => prices[price].grade === 'T')
    .map((use) => ({ id: use.id, label: use.label, costUsd: usdOf(prices, use) }));
}
