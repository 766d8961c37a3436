import { createLogUpdate } from 'log-update';
import type { PathProgress } from './progress.ts';

/** What is shown while a run goes on. Where the output is no terminal, a line now and then. */
export type Display = {
  step(text: string): void;
  progress(view: ProgressView): void;
  done(): void;
};

export type ProgressView = {
  /** Null where nobody knows: a replay as fast as possible, the draining at the end. */
  leftMs: number | null;
  phase: string;
  sent: number;
  microBatch: PathProgress | null;
  scheduledBatch: PathProgress | null;
};

const LINE_EVERY_MS = 10_000;

export function createDisplay(output: NodeJS.WriteStream): Display {
  if (!output.isTTY) return createPlainDisplay(output);
  const show = createLogUpdate(output);
  return {
    step: (text) => show(`  ${text} …`),
    progress: (view) => show(renderProgress(view)),
    done() {
      show.clear();
      show.done(); // which shows the cursor again
    },
  };
}

function createPlainDisplay(output: NodeJS.WriteStream): Display {
  let lastMs = 0;
  return {
    step: (text) => void output.write(`  ${text} …\n`),
    progress(view) {
      if (Date.now() - lastMs < LINE_EVERY_MS) return;
      lastMs = Date.now();
      output.write(
        `  ${renderProgress(view)
          .trim()
          .replaceAll(/\s*\n\s*/g, ' · ')
          .replaceAll(/ {2,}/g, ' ')}\n`,
      );
    },
    done: () => undefined,
  };
}

export function renderProgress({ leftMs, phase, sent, microBatch, scheduledBatch }: ProgressView): string {
  const left = leftMs === null ? '' : `, ${Math.max(0, Math.ceil(leftMs / 1000))} s left`;
  return [
    `  ${phase}${left}`,
    `  sent             ${format(sent)} events`,
    `  micro-batch      ${renderPath(microBatch)}`,
    `  scheduled-batch  ${renderPath(scheduledBatch)}`,
  ].join('\n');
}

function renderPath(path: PathProgress | null): string {
  if (path === null) return 'waiting';
  const lags = [...path.lag]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([shardId, events]) => `${shortShard(shardId)}: ${format(events)}`);
  return `${format(path.events)} counted${lags.length === 0 ? '' : `; lag per shard ${lags.join(', ')}`}`;
}

/** `shardId-000000000002` is `2`. */
function shortShard(shardId: string): string {
  return String(Number(shardId.slice(shardId.indexOf('-') + 1)));
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
