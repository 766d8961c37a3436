import { describe, expect, it } from 'vitest';
import { PARAMETERS, type Parameter, STANDARD, STANDARD_ORIGINS } from '../../../../scripts/model/parameters.ts';

describe('PARAMETERS', () => {
  const all = Object.entries<Parameter>(PARAMETERS);

  it.each(all)('%s is a figure with its unit, meaning and origin', (_, { value, unit, what, origin }) => {
    expect(Number.isFinite(value) && value >= 0).toBe(true);
    expect(unit.length > 0 && what.length > 0).toBe(true);
    expect(['measured', 'assumed', 'documented']).toContain(origin); // fitted ones come from a report
  });

  it.each(all.filter(([, { low, high }]) => low !== undefined || high !== undefined))(
    '%s lies between its bounds',
    (_, { low, high }) => {
      expect(low).toBeLessThanOrEqual(1);
      expect(high).toBeGreaterThanOrEqual(1);
      expect(high).toBeGreaterThan(low ?? 1);
    },
  );

  it.each(all.filter(([, { origin }]) => origin === 'assumed'))('%s is assumed within bounds', (_, { low, high }) => {
    expect(low ?? high).toBeDefined();
  });

  it('gives the model its values', () => {
    expect(STANDARD.databaseMsPerUpdatedRow).toBe(0.0225);
    expect(STANDARD_ORIGINS.databaseMsPerUpdatedRow).toBe('assumed');
    expect(Object.keys(STANDARD)).toEqual(Object.keys(PARAMETERS));
  });
});
