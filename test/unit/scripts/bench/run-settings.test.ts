import { describe, expect, it } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import { deployedSettings, liveSettings, settingsOf } from '#bench/run-settings.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { SETTINGS } from '#test/support/settings.ts';

const OPTIONS = parseOptions(
  '--window 10s --bound 3s --margin 1s --max-future-skew 1m --idle-timeout 5s --late drop'.split(' '),
) as BenchmarkOptions;
const COMMON = { maxFutureSkewMs: 60_000, idleTimeoutMs: 5_000, latePolicy: 'drop' };

describe('liveSettings', () => {
  it('are those of the options', () => {
    expect(liveSettings(OPTIONS)).toEqual({ ...COMMON, windowMs: 10_000, boundMs: 3_000, marginMs: 1_000 });
  });
});

describe('deployedSettings', () => {
  it("have the bound and the margin of the deployed stack, whatever the live run's are", () => {
    expect(deployedSettings(OPTIONS)).toEqual({ ...COMMON, boundMs: 15_000, marginMs: 2_000 });
  });
});

describe('settingsOf', () => {
  it('takes the settings and nothing else', () => {
    expect(settingsOf({ ...SETTINGS, rate: 500 } as typeof SETTINGS)).toEqual(SETTINGS);
  });
});
