import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { exitCodeOf, tellFailure } from '#cli/command-end.ts';

describe('exitCodeOf', () => {
  it.each([
    [0, { exact: true, complete: true, failed: false }],
    [130, { exact: true, complete: false, failed: false }],
    [1, { exact: true, complete: false, failed: true }],
    [1, { exact: true, complete: true, failed: true }], // such as a page that was not written
    [1, { exact: false, complete: true, failed: false }],
    [1, { exact: false, complete: false, failed: false }],
  ])('is %d for %j', (code, end) => {
    expect(exitCodeOf(end)).toBe(code);
  });
});

describe('tellFailure', () => {
  function told(error: unknown, before?: string): string {
    let text = '';
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
      text += chunk;
      return true;
    });
    onTestFinished(() => write.mockRestore());
    tellFailure(error, before);
    return text;
  }

  it('says what failed in one line, without a stack', () => {
    expect(told(new Error('No stream'))).toBe('No stream\n');
    expect(told(new Error('No stream'), 'Failed: ')).toBe('Failed: No stream\n');
    expect(told('a text')).toBe('a text\n');
  });

  it('prints the stack with --verbose', () => {
    const { argv } = process;
    onTestFinished(() => {
      process.argv = argv;
    });
    process.argv = [...argv, '--verbose'];
    expect(told(new Error('No stream'))).toMatch(/^Error: No stream\n {4}at /);
  });
});
