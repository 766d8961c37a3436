import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeScenario, parseThresholdOptions } from '#cli/commands/threshold.ts';
import { REGIMES } from '#model/deployment.ts';
import { READERS, SCENARIO_RANGES } from '#model/verdict/scenario.ts';
import {
  caseOf,
  createScenarios,
  FRESHNESS_STEPS,
  HOST_STEPS,
  isSameCase,
  type OwnCase,
  RATE_STEPS,
  readHash,
  thresholdCommand,
  WINDOW_STEPS,
  withStep,
  writeHash,
} from '#report/page/own-case/own-case.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import { UsageError } from '#text/usage-error.ts';

const SCENARIO = EXACT_REPORT.scenario;
const BASE = caseOf(SCENARIO);

const cases: fc.Arbitrary<OwnCase> = fc.record({
  eventsPerSecond: fc.constantFrom(BASE.eventsPerSecond, 466.7, ...RATE_STEPS, ...SCENARIO_RANGES.eventsPerSecond),
  hosts: fc.constantFrom(BASE.hosts, ...HOST_STEPS, ...SCENARIO_RANGES.hosts),
  windowSeconds: fc.constantFrom(BASE.windowSeconds, ...WINDOW_STEPS, ...SCENARIO_RANGES.windowSeconds),
  reader: fc.constantFrom(...READERS),
  regime: fc.constantFrom(...REGIMES),
  freshnessUsd: fc.constantFrom(BASE.freshnessUsd, ...FRESHNESS_STEPS, ...SCENARIO_RANGES.freshnessUsd),
});

/** As a shell splits a command without quotes in it, after `npm run threshold --`. */
function argumentsOf(command: string): string[] {
  return command.split(' ').slice(4);
}

describe('thresholdCommand', () => {
  it('names the report alone where nothing differs from it', () => {
    expect(thresholdCommand('out/run/report.json', BASE, BASE)).toBe(
      'npm run threshold -- --report out/run/report.json',
    );
  });

  it('names what differs', () => {
    const own: OwnCase = { ...BASE, eventsPerSecond: 20_000, windowSeconds: 3_600, reader: 'final', freshnessUsd: 0.5 };
    expect(thresholdCommand('r.json', own, BASE)).toBe(
      'npm run threshold -- --report r.json --rate 20000 --windows 3600s --reads final --freshness-value 0.5',
    );
  });

  it('gives the command the scenario that the page has, whatever the case', () => {
    const scenarioOf = createScenarios(SCENARIO);
    fc.assert(
      fc.property(cases, (own) => {
        const options = parseThresholdOptions(argumentsOf(thresholdCommand('r.json', own, BASE)));
        expect(options).not.toBeNull();
        if (options !== null) expect(scenarioOf(own)).toMatchObject(changeScenario(SCENARIO, options));
      }),
    );
  });

  it('quotes a path for the shell', () => {
    expect(thresholdCommand("o'clock $(rm) `x`/report.json", BASE, BASE)).toBe(
      "npm run threshold -- --report 'o'\\''clock $(rm) `x`/report.json'",
    );
  });
});

describe('readHash', () => {
  it('reads the case that was written', () => {
    fc.assert(
      fc.property(cases, (own) => {
        expect(readHash(`#${writeHash(own, BASE)}`, BASE)).toEqual(own);
      }),
    );
  });

  const PARTS = Object.keys(SCENARIO_RANGES) as (keyof typeof SCENARIO_RANGES)[];

  it.each(PARTS)('takes %s to either end of its range and no further, as the command does', (part) => {
    const [least, most] = SCENARIO_RANGES[part];
    const read = (value: number) => readHash(`#${writeHash({ ...BASE, [part]: value }, BASE)}`, BASE)[part];
    const parse = (value: number) => () =>
      parseThresholdOptions(argumentsOf(thresholdCommand('r.json', { ...BASE, [part]: value }, BASE)));
    expect([least, most].map(read)).toEqual([least, most]);
    expect([least - 1, most + 1].map(read)).toEqual([BASE[part], BASE[part]]);
    for (const value of [least, most]) expect(parse(value)).not.toThrow();
    for (const value of [least - 1, most + 1]) expect(parse(value)).toThrow(UsageError);
  });

  it('is empty for the case of the report', () => {
    expect(writeHash(BASE, BASE)).toBe('');
    expect(readHash('', BASE)).toEqual(BASE);
  });

  it.each([
    'rate=0&hosts=1.5&windows=5&reads=everything&database=mine&freshness-value=-1',
    'rate=NaN&hosts=1e9&windows=90000s&freshness-value=Infinity',
    'rate=<img src=x>&__proto__=1&constructor=1',
    'verdict',
    '%E0%A4%A',
  ])('takes nothing from %j, which asks for nothing that there is', (hash) => {
    expect(readHash(hash, BASE)).toEqual(BASE);
  });
});

describe('createScenarios', () => {
  it('is the scenario of the report for its own case', () => {
    expect(createScenarios(SCENARIO)(BASE)).toMatchObject(SCENARIO);
  });

  it('makes the table of rows once for the hosts of the report, and anew for others', () => {
    const scenarioOf = createScenarios(SCENARIO);
    const { countRows } = scenarioOf(BASE).workload;
    expect(scenarioOf({ ...BASE, eventsPerSecond: 7 }).workload).toMatchObject({ eventsPerSecond: 7, countRows });
    const wider = scenarioOf({ ...BASE, hosts: 5_000 }).workload;
    expect(wider.keys.hosts).toBe(5_000);
    expect(wider.countRows(1e6)).toBeGreaterThan(countRows(1e6));
  });
});

describe('isSameCase', () => {
  it('sees a difference in any part', () => {
    expect(isSameCase({ ...BASE }, BASE)).toBe(true);
    for (const name of Object.keys(BASE)) expect(isSameCase({ ...BASE, [name]: 'other' }, BASE)).toBe(false);
  });
});

describe('withStep', () => {
  it('has the value of a report among the steps, in its place', () => {
    expect(withStep([1, 10, 100], 46.7)).toEqual([1, 10, 46.7, 100]);
    expect(withStep([1, 10, 100], 10)).toEqual([1, 10, 100]);
  });

  it.each([RATE_STEPS, HOST_STEPS, WINDOW_STEPS, FRESHNESS_STEPS])('has steps that rise', (...steps) => {
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
  });
});
