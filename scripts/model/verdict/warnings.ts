import { usdOf } from '../cost/term.ts';
import { whyImpossible } from '../limits/limit.ts';
import type { Model } from '../model.ts';
import { type Choice, EXTRAPOLATED, type Extrapolated, type JudgedWindow, type Side } from './choice.ts';
import { comparePaths, isBatchBetter } from './compare-paths.ts';
import { planChoice } from './deploy-alone.ts';
import type { PreparedScenario, Scenario } from './scenario.ts';

/** Extrapolation beyond this multiple of the fitted range is worth a warning. */
const FAR = 10;
/** Share of a difference below which unchecked prices may be off by half without changing the decision. */
const SMALL_SHARE = 0.05;

/** Something to know before relying on a verdict, as data; the report puts it into words. */
export type Warning =
  | {
      readonly kind: 'impossible';
      readonly side: Side;
      readonly windowsSeconds: readonly number[];
      readonly limit: string;
    }
  /** The deployed memory is too small, so the path is priced with more. */
  | {
      readonly kind: 'memory';
      readonly side: Side;
      readonly windowsSeconds: readonly number[];
      readonly memoryMb: number;
      readonly deployedMb: number;
      readonly limit: string;
    }
  /** The batch is better only while no reader keeps the database awake. */
  | { readonly kind: 'unread'; readonly windowsSeconds: readonly number[] }
  | {
      readonly kind: 'extrapolated';
      readonly side: Side;
      readonly what: Extrapolated;
      readonly windowsSeconds: readonly number[];
      readonly most: number;
      readonly times: number;
    }
  /** The keys of a log are extrapolated to windows with far more events than the log had. */
  | {
      readonly kind: 'keys';
      readonly windowsSeconds: readonly number[];
      readonly mostEvents: number;
      readonly seenEvents: number;
    }
  | {
      readonly kind: 'unchecked-prices';
      readonly windowsSeconds: readonly number[];
      readonly mostShare: number;
      readonly labels: readonly string[];
    }
  | { readonly kind: 'unfitted'; readonly sides: readonly Side[] };

export function listWarnings(model: Model, scenario: PreparedScenario, windows: readonly JudgedWindow[]): Warning[] {
  const streams = windows.map(({ stream }) => stream);
  const batches = windows.map(({ batch }) => batch);
  return [
    ...warnImpossible('batch', batches),
    ...warnImpossible('stream', streams),
    ...warnMemory(model, scenario, 'batch', batches),
    ...warnMemory(model, scenario, 'stream', streams),
    ...warnUnread(model, scenario, windows),
    ...warnExtrapolated('batch', batches),
    ...warnExtrapolated('stream', streams),
    ...warnKeys(scenario),
    ...warnUnchecked(model, scenario, windows),
    ...warnUnfitted(model.cpuError),
  ];
}

function warnImpossible(side: Side, choices: readonly Choice[]): Warning[] {
  const impossible = choices.filter(({ possible }) => !possible);
  const [first] = impossible;
  if (first === undefined) return [];
  return [{ kind: 'impossible', side, windowsSeconds: secondsOf(impossible), limit: whyImpossible(first) }];
}

function warnMemory(model: Model, scenario: PreparedScenario, side: Side, choices: readonly Choice[]): Warning[] {
  const raised = choices.filter(({ memoryRaised }) => memoryRaised);
  const deployedMb = scenario.deployment.memoryMb;
  return [...new Set(raised.map(({ memoryMb }) => memoryMb))].flatMap((memoryMb) => {
    const alike = raised.filter((choice) => choice.memoryMb === memoryMb);
    const [first] = alike;
    if (first === undefined) return [];
    const asDeployed = planChoice(model.parameters, scenario, { ...first, memoryMb: deployedMb });
    const limit = whyImpossible({ limits: asDeployed.findLimits() });
    return [{ kind: 'memory' as const, side, windowsSeconds: secondsOf(alike), memoryMb, deployedMb, limit }];
  });
}

/** The batch saves most by letting the database sleep; a dashboard that polls every minute would end that. */
function warnUnread(model: Model, scenario: PreparedScenario, windows: readonly JudgedWindow[]): Warning[] {
  const { deployment } = scenario;
  if (deployment.readHoursPerDay > 0) return [];
  const alwaysRead = { ...scenario, deployment: { ...deployment, readHoursPerDay: 24 } };
  const bySleep = windows.filter(({ decision, windowSeconds }) => {
    const read = comparePaths(model, alwaysRead, windowSeconds);
    return decision === 'batch' && !isBatchBetter(read, read.differenceUsd);
  });
  return bySleep.length === 0 ? [] : [{ kind: 'unread', windowsSeconds: secondsOf(bySleep) }];
}

function warnExtrapolated(side: Side, choices: readonly Choice[]): Warning[] {
  return EXTRAPOLATED.flatMap((what) => {
    const far = choices.filter((each) => each.extrapolation > FAR && each.extrapolatedIn === what);
    if (far.length === 0) return [];
    const farthest = far.reduce((most, each) => (each.extrapolation > most.extrapolation ? each : most));
    const [most, times] = [farthest[`${what}PerInvocation`], farthest.extrapolation];
    return [{ kind: 'extrapolated' as const, side, what, windowsSeconds: secondsOf(far), most, times }];
  });
}

function warnKeys({ workload, windowsSeconds }: Scenario): Warning[] {
  const { keys, eventsPerSecond } = workload;
  if (keys.kind !== 'measured') return [];
  const far = windowsSeconds.filter((seconds) => eventsPerSecond * seconds > FAR * keys.events);
  if (far.length === 0) return [];
  const mostEvents = eventsPerSecond * Math.max(...far);
  return [{ kind: 'keys', windowsSeconds: far, mostEvents, seenEvents: keys.events }];
}

/** The error band leaves prices out. They matter only if the band decides and both paths are possible. */
function warnUnchecked(model: Model, scenario: PreparedScenario, windows: readonly JudgedWindow[]): Warning[] {
  const decided = windows.filter(
    ({ stream, batch, lowUsd, highUsd }) => stream.possible && batch.possible && (lowUsd > 0 || highUsd < 0),
  );
  const large = decided.flatMap((window) =>
    listUnchecked(model, scenario, window)
      .map(({ label, differenceUsd }) => ({ window, label, share: Math.abs(differenceUsd / window.differenceUsd) }))
      .filter(({ share }) => share > SMALL_SHARE),
  );
  if (large.length === 0) return [];
  return [
    {
      kind: 'unchecked-prices',
      windowsSeconds: secondsOf(large.map(({ window }) => window)),
      mostShare: Math.max(...large.map(({ share }) => share)),
      labels: [...new Set(large.map(({ label }) => label))],
    },
  ];
}

function warnUnfitted({ microBatch, scheduledBatch }: Model['cpuError']): Warning[] {
  const sides: Side[] = [
    ...(microBatch === null ? ['stream' as const] : []),
    ...(scheduledBatch === null ? ['batch' as const] : []),
  ];
  return sides.length === 0 ? [] : [{ kind: 'unfitted', sides }];
}

function secondsOf(windows: readonly { readonly windowSeconds: number }[]): number[] {
  return [...new Set(windows.map(({ windowSeconds }) => windowSeconds))];
}

/** A line of the bill whose price only a third party names (grade T), and the batch's cost of it − streaming's, USD/month. */
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
