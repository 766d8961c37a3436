import { describe, expect, it } from 'vitest';
import { retentionHoursOf } from '#model/limits/retention.ts';
import { BOTH, MICRO_BATCH, SCHEDULED_BATCH } from '../timing/one-key.ts';

describe('retentionHoursOf', () => {
  it('is what is deployed while two runs and the lag fit into it', () => {
    expect(retentionHoursOf(SCHEDULED_BATCH)).toBe(24);
    expect(retentionHoursOf({ ...SCHEDULED_BATCH, retentionHours: 168, windowSeconds: 86_400 })).toBe(168);
  });

  it('is two runs and the lag, in begun hours, where that is longer', () => {
    expect(retentionHoursOf({ ...SCHEDULED_BATCH, windowSeconds: 43_200 })).toBe(25); // 24 h and 17 s
    expect(retentionHoursOf({ ...BOTH, windowSeconds: 86_400 })).toBe(49);
    expect(retentionHoursOf({ ...BOTH, windowSeconds: 300, batchIntervalSeconds: 86_400 })).toBe(49);
  });

  it('does not follow the window where no batch reads', () => {
    expect(retentionHoursOf({ ...MICRO_BATCH, windowSeconds: 86_400 })).toBe(24);
  });
});
