import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createDisplay, type ProgressView, renderProgress } from '../../../../scripts/observe/display.ts';

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
  it('shows time left, what was sent, what each path counted and the lag of each shard', () => {
    expect(renderProgress(VIEW)).toBe(
      [
        '  live run, 42 s left',
        '  sent             12,345 events',
        '  micro-batch      12,000 counted; lag per shard 0: 345, 12: 0',
        '  scheduled-batch  waiting',
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
        'micro-batch 12,000 counted; lag per shard 0: 345, 12: 0 · scheduled-batch waiting\n',
    );
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
});
