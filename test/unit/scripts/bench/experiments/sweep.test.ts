import { describe, expect, it } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { Measured } from '#bench/experiments/observations.ts';
import { type Experiments, runSweep, type Sweep } from '#bench/experiments/sweep.ts';
import type { PhaseView } from '#bench/run/display.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { scriptedTarget } from '#test/support/scripted-target.ts';

/** What an experiment comes to: what was seen, null after the signal, or an error. */
type Outcome = 'seen' | 'interrupted' | Error;

type Scripted = {
  args?: string[];
  /** By the names in `begun`; what is not named is seen. */
  outcomes?: Record<string, Outcome>;
  /** The signal comes when this one has ended. */
  interruptAfter?: string;
};

/** A sweep whose experiments only say that they were begun, and what came of it. */
async function sweep({ args = [], outcomes = {}, interruptAfter }: Scripted) {
  const stop = new AbortController();
  const begun: string[] = [];
  const kept: boolean[] = [];
  const phases: (PhaseView | null)[] = [];
  const act = async <Seen>(name: string, options: BenchmarkOptions): Promise<Seen | null> => {
    begun.push(name);
    kept.push(options.keep);
    const outcome = outcomes[name] ?? 'seen';
    if (interruptAfter === name) stop.abort();
    if (outcome instanceof Error) throw outcome;
    // No more of an observation than its name: the sweep looks at none of it.
    return outcome === 'interrupted' ? null : ({ name } as Seen);
  };
  let lives = 0;
  const experiments: Experiments = {
    live: (_, options) => act(`live ${++lives}`, options),
    calibrate: (_, options) => act('calibration', options),
    drain: (_, options, windowMs) => act(`drain ${windowMs}`, options),
    batchingWindow: (_, options, seconds) => act(`batching ${seconds}`, options),
  };
  const display = {
    step: () => undefined,
    progress: () => undefined,
    done: () => undefined,
    phase: (view: PhaseView | null) => void phases.push(view),
  };
  const options = parseOptions(args) as BenchmarkOptions;
  const ended = runSweep(scriptedTarget({}), options, display, stop.signal, experiments);
  return { ended, begun, kept, phases };
}

const ALL = ['--windows', '5m,1m', '--batching-windows', '10s,0s', '--repeat', '2'];

/** The names of what was seen, as the report will find it. */
function seenIn({ live, calibration, drains, batchingWindows }: Measured): unknown[] {
  const one = (seen: unknown): unknown => (seen as { name: string } | null)?.name ?? null;
  return [live.map(one), one(calibration), drains.map(one), batchingWindows.map(one)];
}

async function endOf(scripted: Scripted): Promise<Sweep> {
  const ended = await (await sweep(scripted)).ended;
  if (ended === null) throw new Error('Expected something measured');
  return ended;
}

describe('runSweep', () => {
  it('runs all phases in their order, and hands over what each saw', async () => {
    const { ended, begun } = await sweep({ args: ALL });
    const { measured, failure } = (await ended) as Sweep;

    expect(begun).toEqual([
      'live 1',
      'live 2',
      'calibration',
      'drain 60000',
      'drain 300000',
      'batching 0',
      'batching 10',
    ]);
    expect(seenIn(measured)).toEqual([
      ['live 1', 'live 2'],
      'calibration',
      ['drain 60000', 'drain 300000'],
      ['batching 0', 'batching 10'],
    ]);
    expect(measured).toMatchObject({ notMeasured: [], interrupted: false });
    expect(failure).toBeNull();
  });

  it('says which phase of how many runs, and when none does any more', async () => {
    const { ended, phases } = await sweep({ args: ['--windows', '1m'] });
    await ended;

    expect(phases.map((view) => view && [view.number, view.count, view.name])).toEqual([
      [1, 3, 'live run'],
      [2, 3, 'calibration'],
      [3, 3, 'drain of 1 minute'],
      null,
    ]);
    const [live, calibration] = phases.map((view) => view?.leftMs() ?? 0);
    expect(live).toBeGreaterThan(calibration as number);
  });

  it('keeps the tables of the live run that is shown in full, and of no other', async () => {
    const { ended, kept, begun } = await sweep({ args: ['--keep', '--repeat', '3', '--windows', 'none'] });
    await ended;
    expect(begun).toEqual(['live 1', 'live 2', 'live 3']);
    expect(kept).toEqual([true, false, false]);
  });

  it('measures nothing that takes too many events, and is complete all the same', async () => {
    const { measured } = await endOf({ args: ['--windows', '1m,5m', '--max-events', '30000'] });
    expect(seenIn(measured)[2]).toEqual(['drain 60000']);
    expect(measured.notMeasured).toEqual([
      { what: 'drain of 5 minutes', why: '150,000 events, more than the limit of 30,000: modelled instead' },
    ]);
    expect(measured.interrupted).toBe(false);
  });

  it('keeps what was measured when it is interrupted within a phase, and lists the rest', async () => {
    const scripted = { args: ALL, outcomes: { 'drain 60000': 'interrupted' }, interruptAfter: 'drain 60000' } as const;
    const { measured, failure } = await endOf(scripted);

    expect(seenIn(measured)).toEqual([['live 1', 'live 2'], 'calibration', [], []]);
    expect(measured.interrupted).toBe(true);
    expect(measured.notMeasured).toEqual([
      { what: 'drain of 1 minute', why: 'interrupted' },
      { what: 'drain of 5 minutes', why: 'interrupted before it began' },
      { what: 'batching window of 0 seconds', why: 'interrupted before it began' },
      { what: 'batching window of 10 seconds', why: 'interrupted before it began' },
    ]);
    expect(failure).toBeNull();
  });

  it('begins no phase after the signal, where that came when one had just ended well', async () => {
    const { ended, begun } = await sweep({ args: ['--windows', '1m'], interruptAfter: 'calibration' });
    const { measured } = (await ended) as Sweep;

    expect(begun).toEqual(['live 1', 'calibration']);
    expect(seenIn(measured)[1]).toBe('calibration');
    expect(measured.notMeasured).toEqual([{ what: 'drain of 1 minute', why: 'interrupted before it began' }]);
  });

  it('is complete where the signal came when the last phase had ended', async () => {
    const { measured } = await endOf({ args: ['--windows', '1m'], interruptAfter: 'drain 60000' });
    expect(measured).toMatchObject({ interrupted: false, notMeasured: [] });
  });

  it('has nothing to report where the signal came within the first live run', async () => {
    const scripted = { outcomes: { 'live 1': 'interrupted' }, interruptAfter: 'live 1' } as const;
    const { ended, begun, phases } = await sweep(scripted);
    expect(await ended).toBeNull();
    expect(begun).toEqual(['live 1']);
    expect(phases.at(-1)).toBeNull();
  });

  it.each(['live 2', 'calibration', 'drain 60000', 'batching 10'])(
    'keeps what was measured before %s failed, says why, and goes no further',
    async (failing) => {
      const error = new Error('The batch was refused ten times in a row');
      const { ended, begun } = await sweep({ args: ALL, outcomes: { [failing]: error } });
      const { measured, failure } = (await ended) as Sweep;

      expect(failure).toBe(error);
      expect(begun.at(-1)).toBe(failing);
      expect(seenIn(measured).flat().filter(Boolean)).toEqual(begun.slice(0, -1));
      expect(measured.interrupted).toBe(true);
      const [first, ...others] = measured.notMeasured;
      expect(first?.why).toBe('failed: The batch was refused ten times in a row');
      expect(measured.notMeasured).toHaveLength(8 - begun.length);
      for (const { why } of others) expect(why).toBe(`not begun, since ${first?.what} failed`);
    },
  );

  it('fails with the first live run, which there is no report without', async () => {
    const error = new Error('No stream');
    const { ended } = await sweep({ outcomes: { 'live 1': error } });
    await expect(ended).rejects.toBe(error);
  });
});
