import type { Choice } from '#model/verdict/choice.ts';
import { formatSpan } from '#text/format-span.ts';

/** A batch that is full sooner than this share of its batching window is worth a word. */
const CUT_SHORT = 0.75;

type Setting = Pick<Choice, 'memoryRaised' | 'memoryMb' | 'batchingWindowSeconds' | 'batchSize'>;

/** ` with 1,769 MB`, where the memory deployed won't do; empty where it does. */
export function sayMemory({ memoryRaised, memoryMb }: Pick<Choice, 'memoryRaised' | 'memoryMb'>): string {
  return memoryRaised ? ` with ${whole(memoryMb)} MB` : '';
}

/** ` with 1,769 MB, a batching window of 60 s and 10,000 records a batch`: what is to be set; empty where nothing is. */
export function saySetting(choice: Setting, deployedBatchSize: number): string {
  const { memoryRaised, memoryMb, batchSize } = choice;
  const batchingWindowSeconds = choice.batchingWindowSeconds ?? 0;
  const set = [
    ...(memoryRaised ? [`${whole(memoryMb)} MB`] : []),
    ...(batchingWindowSeconds > 0 ? [`a batching window of ${whole(batchingWindowSeconds)} s`] : []),
    ...(batchSize === null || batchSize === deployedBatchSize ? [] : [`${whole(batchSize)} records a batch`]),
  ];
  if (set.length === 0) return '';
  return ` with ${[set.slice(0, -1).join(', '), ...set.slice(-1)].filter(Boolean).join(' and ')}`;
}

/** How streaming is deployed where its batches are not of the size that is; empty where they are. */
export function sayBatchSize(
  streams: readonly Pick<Choice, 'batchingWindowSeconds' | 'batchSize' | 'possible'>[],
  deployedBatchSize: number,
): string[] {
  const others = streams.filter(({ possible, batchSize }) => possible && batchSize !== deployedBatchSize);
  const sizes = new Set(others.map(({ batchSize }) => batchSize ?? deployedBatchSize));
  return [...sizes].map((batchSize) => {
    const seconds = new Set(
      others.filter((each) => each.batchSize === batchSize).map((each) => each.batchingWindowSeconds),
    );
    const [only] = seconds;
    const batchingWindow = seconds.size === 1 ? String(only) : '<seconds>';
    return (
      `With a batching window streaming takes ${whole(batchSize)} records a batch, where ${whole(deployedBatchSize)} are deployed: ` +
      `-c batchingWindow=${batchingWindow} -c batchSize=${batchSize}`
    );
  });
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

function whole(value: number): string {
  return value.toLocaleString('en-US');
}
