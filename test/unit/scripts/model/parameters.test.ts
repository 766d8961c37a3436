import { describe, expect, it } from 'vitest';
import { COMMIT_RESERVE_MS, COMMIT_RESERVE_MS_PER_ROW } from '#functions/store/commit.ts';
import { IDLE_SESSION_SECONDS } from '#functions/store/roles.ts';
import { PAGES_SHARE_OF_MEMORY, STATE_SHARE_OF_MEMORY } from '#functions/stream/read-shard.ts';
import { PARAMETERS, type Parameter, STANDARD, STANDARD_ORIGINS } from '#model/parameters.ts';

describe('PARAMETERS', () => {
  const all = Object.entries<Parameter>(PARAMETERS);

  it.each(all)('%s is a figure with its unit, meaning and origin', (_, { value, unit, what, origin }) => {
    expect(Number.isFinite(value) && value >= 0).toBe(true);
    expect(unit.length > 0 && what.length > 0).toBe(true);
    expect(['measured', 'assumed', 'documented', 'deployed']).toContain(origin); // fitted ones come from a report
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

  it('has the functions’ own figures as they have them', () => {
    expect({
      commitReserveSeconds: STANDARD.commitReserveSeconds,
      commitReserveMsPerRow: STANDARD.commitReserveMsPerRow,
      stateShareOfMemory: STANDARD.stateShareOfMemory,
      pagesShareOfMemory: STANDARD.pagesShareOfMemory,
      connectionHeldSeconds: STANDARD.connectionHeldSeconds,
    }).toEqual({
      commitReserveSeconds: COMMIT_RESERVE_MS / 1_000,
      commitReserveMsPerRow: COMMIT_RESERVE_MS_PER_ROW,
      stateShareOfMemory: STATE_SHARE_OF_MEMORY,
      pagesShareOfMemory: PAGES_SHARE_OF_MEMORY,
      connectionHeldSeconds: IDLE_SESSION_SECONDS,
    });
  });
});
