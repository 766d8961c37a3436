import { expect, it } from 'vitest';
import { settingsOf } from '#bench/run-settings.ts';
import { SETTINGS } from '#test/support/settings.ts';

it('takes the settings and nothing else', () => {
  expect(settingsOf({ ...SETTINGS, rate: 500 } as typeof SETTINGS)).toEqual(SETTINGS);
});
