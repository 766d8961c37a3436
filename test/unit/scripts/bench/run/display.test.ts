import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDisplay, type PhaseView, type ProgressView, renderPhase, renderProgress } from '#bench/run/display.ts';

const VIEW: ProgressView = {
  leftMs: 41_001,
  phase: 'live run',
  sent: 12_345,
  microBatch: {
    events: 12_000,
    lag: new Map([
      ['shardId-000000000000', 345],
      ['shardId-000000000012', 0],
    ]),
    linesReached: 0,
    drained: false,
  },
  scheduledBatch: null,
};

describe('renderProgress', () => {
  it('shows time left, what was sent, what a path counted and the lag of each shard, and nothing of the other one', () => {
    expect(renderProgress(VIEW)).toBe(
      [
        '  live run, 42 s left',
        '  sent             12,345 events',
        '  micro-batch      12,000 counted; lag per shard 0: 345, 12: 0',
      ].join('\n'),
    );
  });

  it.each([
    [null, '  replaying'],
    [0, '  replaying, 0 s left'],
    [-3_000, '  replaying, 0 s left'],
    [1, '  replaying, 1 s left'],
  ])('shows %s ms left as %j', (leftMs, line) => {
    expect(renderProgress({ ...VIEW, leftMs, phase: 'replaying' }).split('\n')[0]).toBe(line);
  });

  it('shows a path without shards yet', () => {
    const scheduledBatch = { events: 0, lag: new Map(), linesReached: 0, drained: true };
    expect(renderProgress({ ...VIEW, scheduledBatch })).toMatch(/scheduled-batch {2}0 counted$/);
  });
});

const PHASE: PhaseView = { name: 'calibration', number: 2, count: 4, leftMs: () => 80_000 };

describe('renderPhase', () => {
  it.each([
    [null, ''],
    [0, ', about 0 s left in all'],
    [39_001, ', about 40 s left in all'],
    [60_000, ', about 1 min left in all'],
    [80_000, ', about 1 min 20 s left in all'],
    [3_600_000, ', about 60 min left in all'],
    [7_440_001, ', about 2 h 5 min left in all'],
  ])('shows %s ms left of all phases as %j', (leftMs, left) => {
    expect(renderPhase({ ...PHASE, leftMs: () => leftMs })).toBe(`phase 2 of 4: calibration${left}`);
  });
});

function openOutput(isTTY: boolean) {
  let text = '';
  const output = Object.assign(new PassThrough(), { isTTY, columns: 100, rows: 40 });
  output.on('data', (chunk) => {
    text += chunk;
  });
  return { output: output as unknown as NodeJS.WriteStream, text: () => text };
}

describe('createDisplay', () => {
  it('writes whole lines, now and then only, where the output is no terminal', () => {
    const { output, text } = openOutput(false);
    const display = createDisplay(output);
    display.step('starting');
    for (let i = 0; i < 5; i++) display.progress(VIEW);
    display.done();
    expect(text()).toBe(
      '  starting …\n' +
        '  live run, 42 s left · sent 12,345 events · ' +
        'micro-batch 12,000 counted; lag per shard 0: 345, 12: 0\n',
    );
  });

  it('writes steps that differ in their figures only now and then, where the output is no terminal', () => {
    vi.useFakeTimers({ now: 1_000_000 });
    onTestFinished(() => void vi.useRealTimers());
    const { output, text } = openOutput(false);
    const display = createDisplay(output);
    for (let i = 1; i <= 25; i++) {
      display.step(`calibrating, ${i} of 25`);
      vi.advanceTimersByTime(1_000);
    }
    display.step('verifying');
    display.phase(PHASE);
    display.step('verifying');
    expect(text().match(/\S.*/g)).toEqual([
      'calibrating, 1 of 25 …',
      'calibrating, 2 of 25 …',
      'calibrating, 12 of 25 …',
      'calibrating, 22 of 25 …',
      'verifying …',
      'phase 2 of 4: calibration, about 1 min 20 s left in all',
      'verifying …',
    ]);
  });

  it('redraws in place on a terminal', () => {
    const { output, text } = openOutput(true);
    const display = createDisplay(output);
    display.step('starting');
    display.progress(VIEW);
    display.done();
    expect(stripVTControlCharacters(text())).toContain(renderProgress(VIEW));
    expect(text()).toContain('\u001b['); // what was drawn is erased again
  });

  it('names each phase once where the output is no terminal', () => {
    const { output, text } = openOutput(false);
    const display = createDisplay(output);
    display.phase(PHASE);
    display.step('sending');
    display.phase(null);
    expect(text()).toBe('phase 2 of 4: calibration, about 1 min 20 s left in all\n  sending …\n');
  });

  it('shows the phase above what goes on in it, and its time going down while nothing else happens', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { output, text } = openOutput(true);
    const display = createDisplay(output);
    let leftMs = 80_000;
    display.phase({ ...PHASE, leftMs: () => leftMs });
    display.step('sending');
    const lastLines = (): string[] => stripVTControlCharacters(text()).trimEnd().split('\n').slice(-2);
    expect(lastLines()).toEqual(['phase 2 of 4: calibration, about 1 min 20 s left in all', '  sending …']);

    leftMs = 40_000;
    vi.advanceTimersByTime(1_000);
    expect(lastLines()).toEqual(['phase 2 of 4: calibration, about 40 s left in all', '  sending …']);

    display.phase(null);
    display.step('stopping');
    expect(lastLines()).toContain('  stopping …');
    expect(vi.getTimerCount()).toBe(0);
    display.phase(PHASE);
    display.done();
    expect(vi.getTimerCount()).toBe(0); // a process that has done its work must end
  });
});
