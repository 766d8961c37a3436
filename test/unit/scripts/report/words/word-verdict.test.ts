import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STANDARD_MODEL } from '#model/model.ts';
import { prepareScenario } from '#model/verdict/scenario.ts';
import { decide } from '#model/verdict/verdict.ts';
import { wordVerdict } from '#report/words/word-verdict.ts';
import { anyScenario } from '#test/unit/scripts/model/verdict/any-scenario.ts';

describe('wordVerdict', () => {
  it('has a sentence, reasons and warnings in words and figures, wherever the sliders stand', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const decided = decide(STANDARD_MODEL, prepareScenario(scenario));
        const verdict = wordVerdict(decided);
        const texts = [verdict.sentence, ...verdict.warnings, ...verdict.windows.map(({ reason }) => reason)];
        for (const text of texts) {
          expect(text).not.toMatch(/NaN|Infinity|∞|undefined|null|-0\.00|(?<![\d.,])1 (minutes|hours|days|events)\b/);
          expect(text).not.toMatch(/(^| )--?[a-z]/);
        }
        expect(verdict.sentence).toMatch(
          /^At [\d,]+ events?\/s and [\d,]+ hosts?, on a (dedicated )?database .*, for readers of .*\.$/,
        );
        expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
        expect(JSON.parse(JSON.stringify(decided))).toEqual(decided);
      }),
      { numRuns: 30 },
    );
  });
});
