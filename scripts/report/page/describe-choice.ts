import type { Choice } from '#model/verdict/choice.ts';
import { sayBatchingWindow, sayMemory } from '#report/words/setting.ts';
import { formatSpan } from '#text/format-span.ts';

type Setting = Pick<Choice, 'path' | 'windowSeconds' | 'batchingWindowSeconds' | 'batchIntervalSeconds'>;
type Described = Setting & Pick<Choice, 'fullAfterSeconds' | 'memoryMb' | 'memoryRaised'>;

/** A path with its setting: `batching window 10 seconds`, `batch every 5 minutes with 1,769 MB` where that is not what is deployed. */
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
export function labelChoice({ path, batchingWindowSeconds, batchIntervalSeconds, windowSeconds }: Setting): string {
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
