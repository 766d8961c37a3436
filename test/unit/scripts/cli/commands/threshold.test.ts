import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { changeScenario, createThresholdCommand, parseThresholdOptions, sparkOf } from '#cli/commands/threshold.ts';
import { createScenario } from '#model/verdict/scenario.ts';
import type { MeasuredKeys } from '#model/workload/keys.ts';
import { UsageError } from '#text/usage-error.ts';

const REPORT = ['--report', 'report.json'];
const DURATION = 'expected a number with ms, s, m, h or d, from';

/** Every option, with what is read of it. */
const READ: [text: string, options: object][] = [
  ['--rate 10000000', { rate: 10_000_000 }],
  ['--hosts 5000', { hosts: 5_000 }],
  ['--event-bytes 400', { eventBytes: 400 }],
  ['--events-per-record 1', { eventsPerRecord: 1 }],
  ['--windows 1h,5m,90s', { windows: [90_000, 300_000, 3_600_000] }],
  ['--batching-windows 0s,300s', { batchingWindows: [0, 300_000] }],
  ['--bound 0s', { bound: 0 }],
  ['--reads final', { reads: 'final' }],
  ['--freshness-value 2.5', { freshnessValue: 2.5 }],
  ['--database shared', { database: 'shared' }],
  ['--prices prices.json', { prices: 'prices.json' }],
  ['--acu 2', { acu: 2 }],
  ['--auto-pause 1h', { autoPause: 3_600_000 }],
  ['--read-hours 8', { readHours: 8 }],
  ['--spark-start 90s', { sparkStart: 90_000 }],
  ['--spark-start 0s', { sparkStart: 0 }],
  ['--billing-minimum 1h', { billingMinimum: 3_600_000 }],
  ['--memory 1769', { memory: 1_769 }],
  ['--against other.json', { against: 'other.json' }],
  ['--json', { json: true }],
];

describe('parseThresholdOptions', () => {
  it('says nothing of what the report says', () => {
    expect(parseThresholdOptions(REPORT)).toEqual({ report: 'report.json', json: false, verbose: false });
  });

  it.each(READ)('reads %s', (text, options) => {
    expect(parseThresholdOptions([...REPORT, ...text.split(' ')])).toMatchObject(options);
  });

  it.each([
    ['--rate', ['0', '10000001', 'much', ''], 'expected a number from 1 to 10000000'],
    ['--hosts', ['0', '1.5', '10000001'], 'expected a whole number from 1 to 10000000'],
    ['--event-bytes', ['0', '1000001'], 'expected a whole number from 1 to 1000000'],
    ['--events-per-record', ['0', '10001'], 'expected a whole number from 1 to 10000'],
    ['--windows', ['', 'none', '5m,', '5m,none'], 'expected durations with commas between them, such as 5m,1h'],
    ['--windows', ['59s', '25h'], `${DURATION} 1m to 1d`],
    ['--windows', ['90500ms'], 'expected whole seconds'],
    ['--batching-windows', ['301s'], `${DURATION} 0ms to 5m`],
    ['--batching-windows', ['none'], 'expected durations with commas between them, such as 5m,1h'],
    ['--bound', ['2d'], `${DURATION} 0ms to 1d`],
    ['--auto-pause', ['299s'], `${DURATION} 5m to 1d`],
    ['--spark-start', ['3601s', '-1s', '90'], `${DURATION} 0ms to 1h`],
    ['--billing-minimum', ['2h'], `${DURATION} 0ms to 1h`],
    ['--acu', ['0', '257'], 'expected a number from 0.5 to 256'],
    ['--read-hours', ['25'], 'expected a number from 0 to 24'],
    ['--memory', ['255', '10241'], 'expected a whole number from 256 to 10240'],
    ['--reads', ['all'], 'expected one of partial, final'],
  ])('refuses %s %j in one line that says what is expected', (flag, wrong, expected) => {
    for (const value of wrong) {
      expect(() => parseThresholdOptions([...REPORT, flag, value])).toThrow(
        new UsageError(`Invalid ${flag} '${value}': ${expected}; see --help`),
      );
    }
  });

  it('refuses more windows than anybody reads', () => {
    const windows = Array.from({ length: 31 }, (_, i) => `${i + 1}m`).join(',');
    expect(() => parseThresholdOptions([...REPORT, '--windows', windows])).toThrow(
      new UsageError(`Invalid --windows '${windows}': expected 30 durations at most; see --help`),
    );
  });

  it.each([
    [[], 'Missing --report: expected a report.json as npm run bench writes it; see --help'],
    [['--report'], 'Missing value of --report: expected <file>; see --help'],
    [[...REPORT, 'more'], "Unexpected argument 'more': expected options, after 'npm run threshold --'; see --help"],
    [[...REPORT, '--stream'], "Unknown option '--stream'; see --help"],
    [
      [...REPORT, '--against', 'other.json', '--rate', '5'],
      '--rate shapes a verdict, --against predicts what the other report measured: leave out one of them; see --help',
    ],
    [
      [...REPORT, '--spark-start', '30s', '--against', 'other.json'],
      '--spark-start shapes a verdict, --against predicts what the other report measured: leave out one of them; see --help',
    ],
    [
      [...REPORT, '--reads', 'final', '--against', 'other.json'],
      '--reads shapes a verdict, --against predicts what the other report measured: leave out one of them; see --help',
    ],
  ])('refuses %j', (args, message) => {
    expect(() => parseThresholdOptions(args)).toThrow(new UsageError(message));
  });

  it('knows no option that is not in the table above', () => {
    const read = READ.map(([text]) => text.split(' ')[0]);
    const known = createThresholdCommand().options.map(({ long }) => long);
    expect(new Set([...read, '--report', '--verbose'])).toEqual(new Set(known));
  });

  it.each(READ.filter(([text]) => !/^--(against|json)/.test(text)))('refuses %s beside --against', (text) => {
    expect(() => parseThresholdOptions([...REPORT, '--against', 'other.json', ...text.split(' ')])).toThrow(
      /^--[a-z-]+ shapes a verdict, --against predicts what the other report measured/,
    );
  });

  it('takes --json and --verbose beside --against', () => {
    const given = parseThresholdOptions([...REPORT, '--against', 'other.json', '--json', '--verbose']);
    expect(given).toEqual({ report: 'report.json', against: 'other.json', json: true, verbose: true });
  });

  it('gives help with unit and default of each option', () => {
    let help = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      help += text;
      return true;
    });
    onTestFinished(() => write.mockRestore());
    expect(parseThresholdOptions(['--help'])).toBeNull();
    expect(help.replaceAll(/\s+/g, ' ')).toMatch(
      /--report <file>.*required.*--rate <events\/s>.*default: as in the report.*--against <file>.*Exit codes: 0 answered · 2 wrong use/,
    );
  });
});

const SCENARIO = createScenario();

describe('changeScenario', () => {
  it('leaves a scenario as it is where nothing else is said', () => {
    expect(changeScenario(SCENARIO, {})).toEqual(SCENARIO);
  });

  it('changes what is said, in the units of the model, and nothing else', () => {
    const changed = changeScenario(SCENARIO, {
      rate: 20_000,
      hosts: 5_000,
      eventBytes: 400,
      eventsPerRecord: 1,
      windows: [60_000, 5_400_000],
      batchingWindows: [0, 300_000],
      bound: 30_000,
      memory: 1_769,
      acu: 2,
      autoPause: 600_000,
      readHours: 8,
      database: 'always-on',
      reads: 'final',
      freshnessValue: 2.5,
    });
    expect(changed).toEqual({
      ...SCENARIO,
      workload: {
        ...SCENARIO.workload,
        eventsPerSecond: 20_000,
        eventBytes: 400,
        eventsPerRecord: 1,
        keys: { ...SCENARIO.workload.keys, hosts: 5_000 },
      },
      deployment: {
        ...SCENARIO.deployment,
        boundSeconds: 30,
        memoryMb: 1_769,
        acuAwake: 2,
        autoPauseSeconds: 600,
        readHoursPerDay: 8,
        regime: 'always-on',
      },
      reader: 'final',
      freshnessUsd: 2.5,
      windowsSeconds: [60, 5_400],
      batchingWindowsSeconds: [0, 300],
    });
  });

  it('takes a value of 0 for one', () => {
    const before = { ...SCENARIO, freshnessUsd: 3, deployment: { ...SCENARIO.deployment, readHoursPerDay: 5 } };
    const changed = changeScenario(before, { freshnessValue: 0, bound: 0, readHours: 0 });
    expect(changed.freshnessUsd).toBe(0);
    expect(changed.deployment).toMatchObject({ boundSeconds: 0, readHoursPerDay: 0 });
  });

  it('spreads the keys of a log over another number of hosts', () => {
    const group = { probability: 0.5, keys: 2 };
    const keys: MeasuredKeys = { kind: 'measured', hosts: 2, byHost: [group], bySource: [group], events: 10 };
    const scenario = { ...SCENARIO, workload: { ...SCENARIO.workload, keys } };
    expect(changeScenario(scenario, { hosts: 4 }).workload.keys).toMatchObject({
      hosts: 4,
      byHost: [{ probability: 0.25, keys: 4 }],
    });
  });
});

describe('sparkOf', () => {
  it('has in seconds what was given, and nothing of what was not', () => {
    expect(sparkOf({ sparkStart: 90_000, billingMinimum: 0 })).toEqual({
      startUpSeconds: 90,
      billingMinimumSeconds: 0,
    });
    expect(sparkOf({ sparkStart: 1_500 })).toEqual({ startUpSeconds: 1.5 });
    expect(sparkOf({})).toEqual({});
  });
});
