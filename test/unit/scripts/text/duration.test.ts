import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '#text/duration.ts';
import { UsageError } from '#text/usage-error.ts';

const DAY = 86_400_000;
const UP_TO_A_DAY = { leastMs: 0, mostMs: DAY };

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['500ms', 500],
    ['5s', 5_000],
    ['7m', 420_000],
    ['1.5h', 5_400_000],
    ['1.1h', 3_960_000], // 1.1 × 3,600,000 has a fraction in binary arithmetic
    ['1.005s', 1_005],
    ['0.001s', 1],
    ['007s', 7_000],
    ['1d', DAY],
  ])('reads %s as %d ms', (text, ms) => {
    expect(parseDuration('--bound', text, UP_TO_A_DAY)).toBe(ms);
  });

  it.each(['', '5', 's', '-5s', '+5s', '5 s', '5S', '1e3s', '.5s', '5.s', '1,5s', '5m30s', '0.5ms', '1.0001s', '٥s'])(
    'refuses %j, naming option, value and what is expected',
    (text) => {
      expect(() => parseDuration('--bound', text, UP_TO_A_DAY)).toThrow(
        new UsageError(
          `Invalid --bound '${text}': expected a number with ms, s, m, h or d, from 0ms to 1d; see --help`,
        ),
      );
    },
  );

  it.each([
    ['999ms', false],
    ['1s', true],
    ['5m', true],
    ['300001ms', false],
    ['99999999999999999999s', false],
  ])('holds %s against the range of 1s to 5m', (text, fits) => {
    const parse = () => parseDuration('--window', text, { leastMs: 1_000, mostMs: 300_000 });
    if (fits) expect(parse()).toBeGreaterThan(0);
    else expect(parse).toThrow(/^Invalid --window '\w+': .* from 1s to 5m; see --help$/);
  });

  it('refuses fractions of a second where seconds are whole', () => {
    const range = { ...UP_TO_A_DAY, wholeSeconds: true };
    expect(parseDuration('--window', '0.5m', range)).toBe(30_000);
    expect(() => parseDuration('--window', '1.5s', range)).toThrow(
      new UsageError("Invalid --window '1.5s': expected whole seconds; see --help"),
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0ms'],
    [1, '1ms'],
    [1_500, '1500ms'],
    [2_000, '2s'],
    [90_000, '90s'],
    [300_000, '5m'],
    [5_400_000, '90m'],
    [3_600_000, '1h'],
    [2 * DAY, '2d'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it.each([1, 999, 1_000, 61_000, 7_200_000, DAY])('writes %d ms so that it reads back', (ms) => {
    expect(parseDuration('--bound', formatDuration(ms), UP_TO_A_DAY)).toBe(ms);
  });
});
