import { createLogUpdate } from 'log-update';
import type { PathProgress } from './progress.ts';

/** Shows a run while it goes on. If the output is no terminal, it writes a line now and then. */
export type Display = {
  step(text: string): void;
  progress(view: ProgressView): void;
  done(): void;
};

/** Shows the current phase of the benchmark, above the display of its run. */
export type PhaseDisplay = {
  /** Null: the last phase has ended. */
  phase(view: PhaseView | null): void;
};

export type PhaseView = {
  name: string;
  /** Number of the phase, from 1. */
  number: number;
  count: number;
  /** Time left for all phases, ms; null if it is unknown. */
  leftMs: () => number | null;
};

export type ProgressView = {
  /** Null if it is unknown: for a replay, and while the paths count the rest. */
  leftMs: number | null;
  phase: string;
  sent: number;
  /** Null before the first answer, and for a path that does not count the load; such a path is not shown. */
  microBatch: PathProgress | null;
  scheduledBatch: PathProgress | null;
};

const LINE_EVERY_MS = 10_000;
const REDRAW_EVERY_MS = 1_000;

export function createDisplay(output: NodeJS.WriteStream): Display & PhaseDisplay {
  return output.isTTY ? createTerminalDisplay(output) : createPlainDisplay(output);
}

/** Redraws in place every second, so that the time left goes down even if nothing else changes. */
function createTerminalDisplay(output: NodeJS.WriteStream): Display & PhaseDisplay {
  const show = createLogUpdate(output);
  let phase: PhaseView | null = null;
  let body = '';
  let redrawing: NodeJS.Timeout | undefined;
  const draw = (text: string): void => {
    body = text;
    show([...(phase === null ? [] : [renderPhase(phase)]), ...(body === '' ? [] : [body])].join('\n'));
  };
  const stop = (): void => {
    clearInterval(redrawing);
    redrawing = undefined;
  };
  return {
    phase(view) {
      phase = view;
      stop();
      if (view === null) return;
      draw('');
      redrawing = setInterval(() => draw(body), REDRAW_EVERY_MS).unref();
    },
    step: (text) => draw(`  ${text} …`),
    progress: (view) => draw(renderProgress(view)),
    done() {
      phase = null;
      stop();
      show.clear();
      show.done(); // shows the cursor again
    },
  };
}

function createPlainDisplay(output: NodeJS.WriteStream): Display & PhaseDisplay {
  let lastMs = 0;
  let kind = '';
  const write = (line: string): void => void output.write(`${line}\n`);
  /** Writes only one of many lines that differ in their figures alone. */
  const writeSeldom = (line: string): void => {
    if (Date.now() - lastMs < LINE_EVERY_MS) return;
    lastMs = Date.now();
    write(line);
  };
  return {
    phase(view) {
      kind = '';
      if (view !== null) write(renderPhase(view));
    },
    step(text) {
      const last = kind;
      kind = text.replaceAll(/\d+/g, '');
      if (kind === last) writeSeldom(`  ${text} …`);
      else write(`  ${text} …`);
    },
    progress(view) {
      const line = renderProgress(view).trim();
      writeSeldom(`  ${line.replaceAll(/\s*\n\s*/g, ' · ').replaceAll(/ {2,}/g, ' ')}`);
    },
    done: () => undefined,
  };
}

/** `phase 2 of 4: calibration, about 1 min 20 s left in all`. */
export function renderPhase({ name, number, count, leftMs }: PhaseView): string {
  const left = leftMs();
  return `phase ${number} of ${count}: ${name}${left === null ? '' : `, about ${renderLeft(left)} left in all`}`;
}

/** Rounds up: `40 s`, `1 min 20 s`, `2 h 5 min`. */
function renderLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes > 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function renderProgress({ leftMs, phase, sent, microBatch, scheduledBatch }: ProgressView): string {
  const left = leftMs === null ? '' : `, ${Math.max(0, Math.ceil(leftMs / 1000))} s left`;
  return [
    `  ${phase}${left}`,
    `  sent             ${format(sent)} events`,
    ...(microBatch === null ? [] : [`  micro-batch      ${renderPath(microBatch)}`]),
    ...(scheduledBatch === null ? [] : [`  scheduled-batch  ${renderPath(scheduledBatch)}`]),
  ].join('\n');
}

function renderPath(path: PathProgress): string {
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
