import { formatSpan, formatSpans } from '#text/format-span.ts';
import { costTheSame, formatUsd } from '#text/format-usd.ts';
import { plural } from '#text/plural.ts';
import type { Choice } from '../choice.ts';
import type { Threshold } from '../find-threshold.ts';
import { whyImpossible } from '../impossible.ts';
import type { Reader, Scenario } from '../scenario.ts';
import type { WindowVerdict } from '../window-verdict.ts';
import { REGIMES_IN_WORDS } from './database-in-words.ts';
import { READERS_IN_WORDS } from './reader-in-words.ts';
import { saySetting } from './setting-in-words.ts';
import { saySooner } from './sooner.ts';

const SMALLEST_WINDOW_SECONDS = 60;
/** The window that is spoken of, where it is judged. */
export const USUAL_WINDOW_SECONDS = 300;

/** A threshold with what the error makes of it. */
export type ThresholdBand = Threshold & {
  /** Where it may lie within the error; null: nowhere up to a day. */
  readonly earliestSeconds: number | null;
  readonly latestSeconds: number | null;
};

/** The verdict in one sentence: whom it is for, from which window on, how sure that is, and what it means at one window. */
export function writeSentence(scenario: Scenario, found: ThresholdBand, windows: readonly WindowVerdict[]): string {
  const { deployment, reader } = scenario;
  const settingOf: SettingOf = (choice) => saySetting(choice, deployment.batchSize);
  const settings = commonSettings(found, windows, settingOf);
  const streams = windows.length === 0 || windows.some(({ stream }) => stream.possible);
  const crossing = `${streams ? writeAnswer(found, settings) : writeWithoutStream(found, settings)}${writeBand(found)}`;
  const answer = isOpen(found, windows)
    ? `either within the error, at every window judged${writeAgain(found)}`
    : crossing;
  const compared = windowToCompare(found, windows);
  const example = compared === undefined ? '' : `; ${writeExample(reader, compared, settings, settingOf)}`;
  const where = `on ${REGIMES_IN_WORDS[deployment.regime].inSentence}`;
  const whom = `for readers of ${READERS_IN_WORDS[reader].inSentence}`;
  return `At ${writeLoad(scenario)}, ${where}, ${whom}${writeValue(scenario)}: ${answer}${example}.`;
}

function writeLoad({ workload }: Scenario): string {
  const rate = workload.eventsPerSecond;
  return `${plural(rate, 'event')}/s and ${plural(workload.keys.hosts, 'host')}`;
}

function writeValue({ freshnessUsd }: Scenario): string {
  if (freshnessUsd <= 0) return '';
  const usd = freshnessUsd < 0.01 ? formatSmall(freshnessUsd) : formatUsd(freshnessUsd);
  return `, a minute of delay costing ${usd} USD a month`;
}

/** @param settings to follow the words */
function writeAnswer({ thresholdSeconds, streamAgainSeconds }: Threshold, { stream, batch }: Settings): string {
  if (thresholdSeconds === null) return `stream${stream} at every window up to a day`;
  const again = writeAgain({ streamAgainSeconds });
  return thresholdSeconds <= SMALLEST_WINDOW_SECONDS
    ? `batch${batch} from the smallest window on${again}`
    : `stream${stream} up to ${formatSpan(thresholdSeconds)}, batch${batch} from there${again}`;
}

function writeAgain({ streamAgainSeconds }: Pick<Threshold, 'streamAgainSeconds'>): string {
  return streamAgainSeconds === null ? '' : `, stream again from ${formatSpan(streamAgainSeconds)} on`;
}

/**
 * Whether the error leaves every judged window open and puts no end to it: the threshold is then only where a tie goes to the batch,
 * as where everything costs nothing.
 */
export function isOpen(found: ThresholdBand, windows: readonly WindowVerdict[]): boolean {
  const { thresholdSeconds, earliestSeconds, latestSeconds } = found;
  if (thresholdSeconds === null || thresholdSeconds > SMALLEST_WINDOW_SECONDS || windows.length === 0) return false;
  if (latestSeconds !== null && latestSeconds !== earliestSeconds) return false;
  return windows.every(({ decision, stream, batch }) => decision === 'either' && stream.possible && batch.possible);
}

/** Where streaming is impossible, what is no batch's is nobody's. */
function writeWithoutStream({ thresholdSeconds, streamAgainSeconds }: Threshold, { batch }: Settings): string {
  if (thresholdSeconds === null) return 'neither stream nor batch, both are impossible as deployed';
  const until = streamAgainSeconds === null ? '' : ` and up to ${formatSpan(streamAgainSeconds)}`;
  return `batch${batch} from ${formatSpan(thresholdSeconds)} on${until}, streaming is impossible as deployed`;
}

function writeBand({ thresholdSeconds, earliestSeconds, latestSeconds }: ThresholdBand): string {
  if (thresholdSeconds === null) {
    return earliestSeconds === null ? '' : ` (within the error, batch perhaps from ${formatSpan(earliestSeconds)} on)`;
  }
  const earliest = earliestSeconds ?? thresholdSeconds;
  if (latestSeconds === null) return ` (within the error, from ${formatSpan(earliest)} on or never)`;
  return earliest === latestSeconds ? '' : ` (${formatSpans(earliest, latestSeconds)} within the error)`;
}

/** @param named settings that the answer has named already */
function writeExample(
  reader: Reader,
  { windowSeconds, stream, batch }: WindowVerdict,
  named: Settings,
  settingOf: SettingOf,
): string {
  const at = `at ${formatSpan(windowSeconds)}`;
  if (!stream.possible && !batch.possible) {
    return `${at} streaming is impossible, as ${whyImpossible(stream)}, and batch, as ${whyImpossible(batch)}`;
  }
  if (!batch.possible) return `${at} batch is impossible: ${whyImpossible(batch)}`;
  if (!stream.possible) return `${at} streaming is impossible: ${whyImpossible(stream)}`;
  const setting = named.stream === '' ? settingOf(stream) : '';
  const other = named.batch === '' && batch.memoryRaised ? `batch${settingOf(batch)}` : null;
  const counts = `counts ${saySooner(batch.freshnessSeconds - stream.freshnessSeconds)}`;
  const finals = `final windows ${saySooner(batch.finalitySeconds - stream.finalitySeconds)}`;
  const shown = reader === 'partial' ? `${counts}, ${finals}` : `${finals}, ${counts}`;
  return `${at} streaming${setting} ${compareCosts(stream, batch, other)} and shows ${shown}`;
}

/** @param other the batch's name, where it takes one */
function compareCosts(stream: Choice, batch: Choice, other: string | null): string {
  if (costTheSame(stream.costUsd, batch.costUsd)) return `costs the same${other === null ? '' : ` as ${other}`}`;
  const difference = formatUsd(Math.abs(stream.costUsd - batch.costUsd));
  return `costs ${difference} USD a month ${stream.costUsd > batch.costUsd ? 'more' : 'less'}${other === null ? '' : ` than ${other}`}`;
}

/** What each path's word is followed by: its setting, where it is one and the same at every judged window that falls to it. */
type Settings = { readonly stream: string; readonly batch: string };

/** What is to be set for a choice, in words to follow its path's. */
type SettingOf = (choice: Choice) => string;

function commonSettings(found: Threshold, windows: readonly WindowVerdict[], settingOf: SettingOf): Settings {
  const common = (choices: readonly Choice[]): string => commonSetting(choices.map(settingOf));
  const streamed = windows.filter(({ windowSeconds }) => isStreamed(found, windowSeconds)).map(({ stream }) => stream);
  const batched = windows.filter(({ windowSeconds }) => !isStreamed(found, windowSeconds)).map(({ batch }) => batch);
  return { stream: common(streamed), batch: common(batched.filter(({ possible }) => possible)) };
}

function commonSetting(settings: readonly string[]): string {
  const [setting = '', ...others] = new Set(settings);
  return others.length === 0 ? setting : '';
}

function isStreamed({ thresholdSeconds }: Threshold, windowSeconds: number): boolean {
  return thresholdSeconds === null || windowSeconds < thresholdSeconds;
}

/** The usual window; else the largest that is still streamed; else the smallest. */
function windowToCompare(found: Threshold, windows: readonly WindowVerdict[]): WindowVerdict | undefined {
  const usual = windows.find(({ windowSeconds }) => windowSeconds === USUAL_WINDOW_SECONDS);
  if (usual !== undefined) return usual;
  const sorted = [...windows].sort((a, b) => a.windowSeconds - b.windowSeconds);
  return sorted.findLast(({ windowSeconds }) => isStreamed(found, windowSeconds)) ?? sorted[0];
}

/** What two decimals would round to nothing. */
function formatSmall(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 2 });
}
