import type { Choice } from '#model/verdict/choice.ts';
import { formatCount } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';

/** A batch that is full sooner than this share of its batching window is worth a word. */
const CUT_SHORT = 0.75;

type Setting = Pick<Choice, 'memoryRaised' | 'memoryMb' | 'batchingWindowSeconds' | 'batchSize'>;

/** ` with 1,769 MB`, where the memory deployed won't do; empty where it does. */
export function sayMemory({ memoryRaised, memoryMb }: Pick<Choice, 'memoryRaised' | 'memoryMb'>): string {
  return memoryRaised ? ` with ${formatCount(memoryMb)} MB` : '';
}

/** ` with 1,769 MB, a batching window of 60 s and 10,000 records a batch`: the settings to deploy; empty where there are none. */
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

/** `none`, `10 seconds`, `1 minute, full after 36 seconds` where size cuts it short. */
export function sayBatchingWindow({
  batchingWindowSeconds,
  fullAfterSeconds,
}: Pick<Choice, 'batchingWindowSeconds' | 'fullAfterSeconds'>): string {
  if (batchingWindowSeconds === null || batchingWindowSeconds === 0) return 'none';
  const said = formatSpan(batchingWindowSeconds);
  if (fullAfterSeconds === null || fullAfterSeconds >= CUT_SHORT * batchingWindowSeconds) return said;
  return `${said}, full after ${sayFullAfter(fullAfterSeconds)}`;
}

/** No closer than it can be told: records don't come evenly. */
export function sayFullAfter(seconds: number): string {
  return formatSpan(seconds >= 10 ? Math.round(seconds) : seconds);
}

type NamedSetting = Pick<Choice, 'path' | 'windowSeconds' | 'batchingWindowSeconds' | 'batchIntervalSeconds'>;
type Described = NamedSetting & Pick<Choice, 'fullAfterSeconds' | 'memoryMb' | 'memoryRaised'>;

/** A path with its setting: `batching window 10 seconds`, `batch every 5 minutes with 1,769 MB` where the memory differs from the deployed one. */
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

/** In a few characters, for a label beside a symbol that says which path it is: its batching window, or how often it runs. */
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

/** Spans below this read as none. */
const LEAST_SECONDS = 0.05;

/** `3.8 minutes sooner`; `1 minute later` where it is below 0; `at the same time` where the difference reads as 0. */
export function saySooner(soonerSeconds: number): string {
  if (Math.abs(soonerSeconds) < LEAST_SECONDS) return 'at the same time';
  return `${formatSpan(Math.abs(soonerSeconds))} ${soonerSeconds > 0 ? 'sooner' : 'later'}`;
}
