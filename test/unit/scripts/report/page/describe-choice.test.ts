import { describe, expect, it } from 'vitest';
import { describeChoice } from '#report/words/setting.ts';
import { batchChoice, streamChoice } from '#test/unit/scripts/model/verdict/choices.ts';

const MORE = { memoryMb: 1_769, memoryRaised: true };

describe('describeChoice', () => {
  it('says the setting of either path', () => {
    expect(describeChoice(streamChoice())).toBe('no batching window');
    expect(describeChoice(streamChoice({ batchingWindowSeconds: 10, fullAfterSeconds: 9 }))).toBe(
      'batching window 10 seconds',
    );
    expect(describeChoice(batchChoice())).toBe('batch every 5 minutes');
  });

  it('says where size cuts a batching window short', () => {
    expect(describeChoice(streamChoice({ batchingWindowSeconds: 60, fullAfterSeconds: 35.6 }))).toBe(
      'batching window 1 minute, full after 36 seconds',
    );
  });

  it('names memory that is more than what is deployed', () => {
    expect(describeChoice(batchChoice(MORE))).toBe('batch every 5 minutes with 1,769 MB');
    expect(describeChoice(streamChoice(MORE))).toBe('no batching window with 1,769 MB');
  });
});
