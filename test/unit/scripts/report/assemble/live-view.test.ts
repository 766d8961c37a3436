import { describe, expect, it } from 'vitest';
import { viewOf } from '#report/assemble/live-view.ts';
import { idlePath, loadOf, observationsOf } from '#test/support/report-measured.ts';

const LIVE = { duration: 7_500, eventStart: undefined };

describe('viewOf', () => {
  it('measures a live run from its start for as long as it was asked to', () => {
    const load = { ...loadOf(), startMs: 2_000 };
    expect(viewOf(observationsOf({ load }), LIVE)).toMatchObject({
      span: { fromMs: 2_000, toMs: 9_500 },
      // That of 0 s began before the load.
      windows: { startsMs: [5_000], windowMs: 5_000 },
      correctness: { exact: true },
    });
  });

  it('measures a replay from its first arrival to its last, and knows of no windows', () => {
    const view = viewOf(observationsOf({ load: loadOf(true) }), LIVE);
    expect(view).toMatchObject({ span: { fromMs: 9_000, toMs: 9_001 }, windows: null });
  });

  it('knows of no windows where events are of the past', () => {
    expect(viewOf(observationsOf(), { ...LIVE, eventStart: 0 }).windows).toBeNull();
  });

  it('has a span of a millisecond for a replay in which nothing arrived', () => {
    const paths = { microBatch: idlePath(), scheduledBatch: idlePath() };
    expect(viewOf(observationsOf({ load: loadOf(true), paths }), LIVE).span).toEqual({ fromMs: 0, toMs: 1 });
  });
});
