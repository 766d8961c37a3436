import { whyImpossible } from '#model/limits/limit.ts';
import type { Choice, JudgedWindow } from '#model/verdict/choice.ts';
import type { Summary } from '#model/verdict/summary.ts';
import { costTheSame, formatCount, formatUsd, plural } from '#text/format-number.ts';
import { formatSpan, formatSpans } from '#text/format-span.ts';
import { READERS_IN_WORDS, REGIMES_IN_WORDS } from './case.ts';
import { saySetting, saySooner } from './setting.ts';

/** The verdict in three short sentences; `whom`, `answer` and `band` together are the first. */
export type VerdictWords = {
  readonly whom: string;
  readonly answer: string;
  /** Range of the threshold within the error; empty if the error does not move it. */
  readonly band: string;
  /** Cost and gain of streaming at one window; empty if no window was judged. */
  readonly example: string;
};

/** `whom: answer (band). Example.` */
export function writeSentence(summary: Summary): string {
  const { whom, answer, band, example } = sayVerdict(summary);
  return `${whom}${answer}${band}${example}`;
}

/** The parts in their order, with the spaces and full stops between them: side by side they are the whole text. */
export function sayVerdict(summary: Summary): VerdictWords {
  const band = summary.answer.kind === 'open' ? '' : sayBand(summary);
  const example = summary.example === null ? '' : ` ${sayExample(summary, summary.example)}`;
  return { whom: `${sayWhom(summary)}: `, answer: sayAnswer(summary), band: `${band}.`, example };
}

function sayWhom({ case: { eventsPerSecond, hosts, regime, reader, freshnessUsd } }: Summary): string {
  const load = `At ${plural(eventsPerSecond, 'event')}/s and ${plural(hosts, 'host')}`;
  const usd = freshnessUsd < 0.01 ? formatSmall(freshnessUsd) : formatUsd(freshnessUsd);
  const value = freshnessUsd <= 0 ? '' : `, a minute of delay costing ${usd} USD a month`;
  return `${load}, on ${REGIMES_IN_WORDS[regime].inSentence}, for readers of ${READERS_IN_WORDS[reader].inSentence}${value}`;
}

function sayAnswer({ answer, band: { thresholdSeconds, streamAgainSeconds } }: Summary): string {
  const [stream, batch] = [`stream${memory(answer.streamMemoryMb)}`, `batch${memory(answer.batchMemoryMb)}`];
  const threshold = formatSpan(thresholdSeconds ?? 0);
  const again = streamAgainSeconds === null ? '' : `, stream again from ${formatSpan(streamAgainSeconds)} on`;
  switch (answer.kind) {
    case 'open':
      return `either within the error, at every window judged${again}`;
    case 'stream':
      return `${stream} at every window up to a day`;
    case 'batch':
      return `${batch} from the smallest window on${again}`;
    case 'cross':
      return `${stream} below ${threshold}, ${batch} from there on${again}`;
    case 'batch-only': {
      const until = streamAgainSeconds === null ? ' on' : ` up to ${formatSpan(streamAgainSeconds)}`;
      return `${batch} from ${threshold}${until}; streaming is impossible as deployed`;
    }
    case 'neither':
      return 'neither, as both are impossible as deployed';
  }
}

function memory(memoryMb: number | null): string {
  return memoryMb === null ? '' : ` with ${formatCount(memoryMb)} MB`;
}

function sayBand({ band: { thresholdSeconds, earliestSeconds, latestSeconds } }: Summary): string {
  if (thresholdSeconds === null) {
    return earliestSeconds === null ? '' : ` (within the error, perhaps batch from ${formatSpan(earliestSeconds)} on)`;
  }
  const earliest = earliestSeconds ?? thresholdSeconds;
  if (latestSeconds === null) return ` (within the error, from ${formatSpan(earliest)} on or never)`;
  return earliest === latestSeconds ? '' : ` (${formatSpans(earliest, latestSeconds)} within the error)`;
}

function sayExample({ case: given, answer }: Summary, { windowSeconds, stream, batch }: JudgedWindow): string {
  const at = `At ${formatSpan(windowSeconds)}`;
  if (!stream.possible && !batch.possible) {
    return `${at}, streaming is impossible, as ${whyImpossible(stream)}, and batch, as ${whyImpossible(batch)}.`;
  }
  if (!stream.possible) return `${at}, streaming is impossible: ${whyImpossible(stream)}.`;
  // Memory that the answer has named already is not named again.
  const named = stream.memoryRaised && stream.memoryMb === answer.streamMemoryMb;
  const setting = saySetting({ ...stream, memoryRaised: stream.memoryRaised && !named }, given.batchSize);
  if (!batch.possible) {
    const works = setting === '' ? '' : ` Streaming works${setting}.`;
    return `${at}, batch is impossible: ${whyImpossible(batch)}.${works}`;
  }
  const isBatchNamed = !batch.memoryRaised || batch.memoryMb === answer.batchMemoryMb;
  const other = isBatchNamed ? null : `batch${saySetting(batch, given.batchSize)}`;
  const counts = `counts ${saySooner(batch.freshnessSeconds - stream.freshnessSeconds)}`;
  const finals = `final windows ${saySooner(batch.finalitySeconds - stream.finalitySeconds)}`;
  const [first, second] = given.reader === 'partial' ? [counts, finals] : [finals, counts];
  return `${at}, streaming${setting} ${compareCosts(stream, batch, other)}. It shows ${first} and ${second}.`;
}

/** @param other the batch's name; null: the batch is not named */
function compareCosts(stream: Choice, batch: Choice, other: string | null): string {
  if (costTheSame(stream.costUsd, batch.costUsd)) return `costs the same${other === null ? '' : ` as ${other}`}`;
  const difference = formatUsd(Math.abs(stream.costUsd - batch.costUsd));
  const than = other === null ? '' : ` than ${other}`;
  return `costs ${difference} USD a month ${stream.costUsd > batch.costUsd ? 'more' : 'less'}${than}`;
}

/** Two significant digits, for values that two decimals round to 0. */
function formatSmall(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 2 });
}
