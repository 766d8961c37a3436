import type { Model } from '#model/model.ts';
import { formatSpan } from '#text/format-span.ts';
import { type Choice, EXTRAPOLATED } from '../choice.ts';
import { comparePaths, isBatchBetter } from '../compare-paths.ts';
import { deployAlone } from '../deploy-alone.ts';
import { evaluateChoice } from '../evaluate-choice.ts';
import { whyImpossible } from '../impossible.ts';
import type { Scenario } from '../scenario.ts';
import { listUnchecked } from '../unchecked-prices.ts';
import type { WindowVerdict } from '../window-verdict.ts';

/** Beyond so many times the events or rows that were fitted, a figure is worth a warning. */
const FAR = 10;
/** Of a difference: below that, prices that nobody has checked may be off by half and not matter. */
const SMALL_SHARE = 0.05;

/** What to know before one relies on the verdict: figures far from what was measured, windows that can't be had, fits that are not there. */
export function listWarnings(model: Model, scenario: Scenario, windows: readonly WindowVerdict[]): string[] {
  const streams = windows.map(({ stream }) => stream);
  const batches = windows.map(({ batch }) => batch);
  return [
    ...warnImpossible('batch', batches),
    ...warnImpossible('streaming', streams),
    ...warnMemory(model, scenario, 'batch', batches),
    ...warnMemory(model, scenario, 'streaming', streams),
    ...warnUnread(model, scenario, windows),
    ...warnExtrapolated('Batches', batches),
    ...warnExtrapolated('Micro-batches', streams),
    ...warnKeys(scenario),
    ...warnUnchecked(model, scenario, windows),
    ...warnUnfitted(model.cpuError),
  ];
}

function warnImpossible(name: string, choices: readonly Choice[]): string[] {
  const impossible = choices.filter(({ possible }) => !possible);
  const [first] = impossible;
  if (first === undefined) return [];
  return [`At ${spansOf(impossible)} ${name} is impossible: ${whyImpossible(first)}.`];
}

/** What the verdict relies on is not what is deployed. */
function warnMemory(model: Model, scenario: Scenario, name: string, choices: readonly Choice[]): string[] {
  const raised = choices.filter(({ memoryRaised }) => memoryRaised);
  const deployedMb = scenario.deployment.memoryMb.toLocaleString('en-US');
  return [...new Set(raised.map(({ memoryMb }) => memoryMb))].flatMap((memoryMb) => {
    const alike = raised.filter((choice) => choice.memoryMb === memoryMb);
    const [first] = alike;
    if (first === undefined) return [];
    const { path, windowSeconds, batchingWindowSeconds } = first;
    const deployed = evaluateChoice(model, scenario, deployAlone(scenario, path, windowSeconds, batchingWindowSeconds));
    return [
      `At ${spansOf(alike)} ${name} is priced with functions of ${memoryMb.toLocaleString('en-US')} MB: the ${deployedMb} MB deployed would not do, ${whyImpossible(deployed)}.`,
    ];
  });
}

/** The largest saving of all, and it is gone once somebody's dashboard asks every minute. */
function warnUnread(model: Model, scenario: Scenario, windows: readonly WindowVerdict[]): string[] {
  const { deployment } = scenario;
  if (deployment.readHoursPerDay > 0) return [];
  const alwaysRead = { ...scenario, deployment: { ...deployment, readHoursPerDay: 24 } };
  const byRest = windows.filter(({ decision, windowSeconds }) => {
    const read = comparePaths(model, alwaysRead, windowSeconds);
    return decision === 'batch' && !isBatchBetter(read, read.differenceUsd);
  });
  if (byRest.length === 0) return [];
  return [
    `At ${byRest.map(({ windowSeconds }) => formatSpan(windowSeconds)).join(', ')} batch is better only because its database sleeps, and nobody is taken to read meanwhile: a reader who polls keeps it awake (--read-hours of npm run threshold).`,
  ];
}

function warnExtrapolated(name: string, choices: readonly Choice[]): string[] {
  return EXTRAPOLATED.flatMap((what) => {
    const far = choices.filter((each) => each.extrapolation > FAR && each.extrapolatedIn === what);
    if (far.length === 0) return [];
    const farthest = far.reduce((most, each) => (each.extrapolation > most.extrapolation ? each : most));
    const times = Math.round(farthest.extrapolation).toLocaleString('en-US');
    const count = Math.round(farthest[`${what}PerInvocation`]).toLocaleString('en-US');
    return [
      `${name} at ${spansOf(far)} are extrapolated: up to ${count} ${what} each, ${times} times the most that was fitted.`,
    ];
  });
}

/** Keys that a log showed are all that are known: a window that sees many more events would see more of them. */
function warnKeys({ workload, windowsSeconds }: Scenario): string[] {
  const { keys, eventsPerSecond } = workload;
  if (keys.kind !== 'measured') return [];
  const far = windowsSeconds.filter((seconds) => eventsPerSecond * seconds > FAR * keys.events);
  if (far.length === 0) return [];
  const events = eventsPerSecond * Math.max(...far);
  return [
    `The keys at ${far.map(formatSpan).join(', ')} are extrapolated: up to ${Math.round(events).toLocaleString('en-US')} events a window, ` +
      `${Math.round(events / keys.events).toLocaleString('en-US')} times the ${keys.events.toLocaleString('en-US')} that they were seen in.`,
  ];
}

/** Prices are in no band. Where that leaves it open anyway, or one path can't do it, nothing hangs on them. */
function warnUnchecked(model: Model, scenario: Scenario, windows: readonly WindowVerdict[]): string[] {
  const decided = windows.filter(
    ({ stream, batch, lowUsd, highUsd }) => stream.possible && batch.possible && (lowUsd > 0 || highUsd < 0),
  );
  const large = decided.flatMap((window) =>
    listUnchecked(model, scenario, window)
      .map(({ label, differenceUsd }) => ({ window, label, share: Math.abs(differenceUsd / window.differenceUsd) }))
      .filter(({ share }) => share > SMALL_SHARE),
  );
  if (large.length === 0) return [];
  const spans = spansOf(large.map(({ window }) => window));
  const labels = [...new Set(large.map(({ label }) => label))].join(', ');
  const most = Math.round(Math.max(...large.map(({ share }) => share)) * 100).toLocaleString('en-US');
  return [
    `At ${spans} up to ${most} % of the difference hangs on prices that only a third party names (${labels}), and that are no part of the error: check them, --prices takes your own.`,
  ];
}

function warnUnfitted({ microBatch, scheduledBatch }: Model['cpuError']): string[] {
  const names = [...(microBatch === null ? ['micro-batches'] : []), ...(scheduledBatch === null ? ['batches'] : [])];
  if (names.length === 0) return [];
  return [
    `No fit for the CPU of ${names.join(' and ')}: it is what the project measured earlier, and no part of the error.`,
  ];
}

function spansOf(windows: readonly Pick<Choice, 'windowSeconds'>[]): string {
  return [...new Set(windows.map(({ windowSeconds }) => formatSpan(windowSeconds)))].join(', ');
}
