import type { Choice } from '#model/verdict/choice.ts';
import { formatCount } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';

/** A batch that is full before this share of its batching window is mentioned. */
const CUT_SHORT = 0.75;

type Setting = Pick<Choice, 'memoryRaised' | 'memoryMb' | 'batchingWindowSeconds' | 'batchSize'>;

/** ` with 1,769 MB` if the deployed memory is too small; otherwise empty. */
export function sayMemory({ memoryRaised, memoryMb }: Pick<Choice, 'memoryRaised' | 'memoryMb'>): string {
  return memoryRaised ? ` with ${formatCount(memoryMb)} MB` : '';
}

/** ` with 1,769 MB, a batching window of 60 s and 10,000 records a batch`: settings that differ from the deployed ones; empty if none does. */
export function saySetting(choice: Setting, deployedBatchSize: number): string {
  const { memoryRaised, memoryMb, batchSize } = choice;
  const batchingWindowSeconds = choice.batchingWindowSeconds ?? 0;
  const set = [
    ...(memoryRaised ? [`${formatCount(memoryMb)} MB`] : []),
    ...(batchingWindowSeconds > 0 ? [`a batching window of ${formatCount(batchingWindowSeconds)} s`] : []),
    ...(batchSize === null || batchSize === deployedBatchSize ? [] : [`${formatCount(batchSize)} records a batch`]),
  ];
  if (set.length === 0) return '';
  return ` with ${[set.slice(0, -1).join(', '), ...set.slice(-1)].filter(Boolean).join(' and ')}`;
}

/** `none`, `10 seconds`, or `1 minute, full after 36 seconds` if a batch is full earlier. */
export function sayBatchingWindow({
  batchingWindowSeconds,
  fullAfterSeconds,
}: Pick<Choice, 'batchingWindowSeconds' | 'fullAfterSeconds'>): string {
  if (batchingWindowSeconds === null || batchingWindowSeconds === 0) return 'none';
  const said = formatSpan(batchingWindowSeconds);
  if (fullAfterSeconds === null || fullAfterSeconds >= CUT_SHORT * batchingWindowSeconds) return said;
  return `${said}, full after ${sayFullAfter(fullAfterSeconds)}`;
}

/** Whole seconds from 10 s on, because records do not arrive evenly. */
export function sayFullAfter(seconds: number): string {
  return formatSpan(seconds >= 10 ? Math.round(seconds) : seconds);
}

type NamedSetting = Pick<Choice, 'path' | 'windowSeconds' | 'batchingWindowSeconds' | 'batchIntervalSeconds'>;
type Described = NamedSetting & Pick<Choice, 'fullAfterSeconds' | 'memoryMb' | 'memoryRaised'>;

/** A path with its setting: `batching window 10 seconds`, `batch every 5 minutes with 1,769 MB` if the memory differs. */
export function describeChoice(choice: Described): string {
  return `${describeSetting(choice)}${sayMemory(choice)}`;
}

function describeSetting(choice: Described): string {
  if (choice.path === 'scheduled-batch') {
    return `batch every ${formatSpan(choice.batchIntervalSeconds ?? choice.windowSeconds)}`;
  }
  const said = sayBatchingWindow(choice);
  return said === 'none' ? 'no batching window' : `batching window ${said}`;
}

/** Short label beside a symbol of the path: the batching window of streaming, or the interval of the batch. */
export function labelChoice({
  path,
  batchingWindowSeconds,
  batchIntervalSeconds,
  windowSeconds,
}: NamedSetting): string {
  return shortSpan(path === 'scheduled-batch' ? (batchIntervalSeconds ?? windowSeconds) : (batchingWindowSeconds ?? 0));
}

/** `0 s`, `90 s`, `5 min`, `1 h`, `1 d`: for an axis. */
export function shortSpan(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const;
  for (const [name, length] of units) {
    if (seconds >= length && seconds % length === 0) return `${seconds / length} ${name}`;
  }
  if (seconds >= 1) return `${Math.round(seconds * 10) / 10} s`;
  return seconds === 0 ? '0 s' : `${Math.round(seconds * 1_000)} ms`;
}

/** Shorter spans are written as no difference, s. */
const LEAST_SECONDS = 0.05;

/** `3.8 minutes sooner`, `1 minute later` below 0, or `at the same time` if the difference is too small. */
export function saySooner(soonerSeconds: number): string {
  if (Math.abs(soonerSeconds) < LEAST_SECONDS) return 'at the same time';
  return `${formatSpan(Math.abs(soonerSeconds))} ${soonerSeconds > 0 ? 'sooner' : 'later'}`;
}
