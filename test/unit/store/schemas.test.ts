import { describe, expect, it } from 'vitest';
import { runSchema, schemaOfStream } from '#functions/store/schemas.ts';

const deployed = { stream: 'Tidemark-events', runPrefix: 'Tidemark-run-', deployedRun: null };

describe('runSchema', () => {
  it('is named by the run and the path', () => {
    expect(runSchema('abc123', 'scheduledBatch')).toBe('run_abc123_scheduled_batch');
  });

  it.each([
    '',
    'abc',
    'a'.repeat(33),
    'ABCD',
    'a-b-c-d',
    'a_b_c',
    '"; drop schema public; --',
    "a'b'c",
    'abcd\n',
    'äöüß',
    'abcd efgh',
  ])('refuses the run %j: its name would stand in SQL', (run) => {
    expect(() => runSchema(run, 'microBatch')).toThrow(
      /^Invalid run '[\s\S]*': expected 4 to 32 lowercase letters and digits$/,
    );
  });
});

describe('schemaOfStream', () => {
  it("is a run's, where the stack was told to count the deployed stream into one", () => {
    const told = { ...deployed, deployedRun: 'gone' };
    expect(schemaOfStream('Tidemark-events', 'microBatch', told)).toBe('run_gone_micro_batch');
    expect(schemaOfStream('Tidemark-run-abcd', 'microBatch', told)).toBe('run_abcd_micro_batch');
  });

  it("is the path's own for the deployed stream, and a run's for a run's stream", () => {
    expect(schemaOfStream('Tidemark-events', 'microBatch', deployed)).toBe('micro_batch');
    expect(schemaOfStream('Tidemark-run-abcd', 'microBatch', deployed)).toBe('run_abcd_micro_batch');
  });

  it('refuses a stream that is neither, and says what to do', () => {
    expect(() => schemaOfStream('orders', 'microBatch', deployed)).toThrow(
      "Unknown stream 'orders': expected 'Tidemark-events' or 'Tidemark-run-<id>'; remove the mapping that reads it",
    );
    expect(() => schemaOfStream('Tidemark-run-"x"', 'microBatch', deployed)).toThrow(RangeError);
  });
});
