import { describe, expect, it } from 'vitest';
import { defaultDeployment, type Regime } from '#model/deployment.ts';
import { scenarioPairs } from '#report/page/sections/assumptions.ts';
import { sayDatabase } from '#report/words/case.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

const CASES: [regime: Regime, text: string][] = [
  ['auto-pause', 'a dedicated database of 0.5 ACU while awake, pausing after 5 minutes, read 8 h a day'],
  ['always-on', 'a dedicated database of 0.5 ACU while awake, always on'],
  ['shared', 'a database shared with others'],
];

describe.each(CASES)('a database that is %s', (regime, text) => {
  const deployment = { ...defaultDeployment('both'), regime, readHoursPerDay: 8 };

  it('pauses, and has a size, only where it does', () => {
    expect(sayDatabase(deployment)).toBe(text);
  });

  it('is the same on the page', () => {
    const report = changedReport({ scenario: { ...EXACT_REPORT.scenario, deployment } });
    const [, said] = scenarioPairs(report).find(([name]) => name === 'Database') ?? [];
    expect(said).toBe(`${text}; backups of 7 days, counts of 1 month kept`);
  });
});
