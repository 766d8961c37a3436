import { existsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readyAssembly } from '#bench/targets/assembly.ts';
import { UsageError } from '#text/usage-error.ts';

/** Stands for the real synthesis, which takes seconds: where it was told to write, and what it does there. */
const synthesis = vi.hoisted(() => ({ outdirs: [] as string[], synth: (_outdir: string): void => {} }));
/** What a source would read like after an edit: the end of its path → its text. */
const edited = vi.hoisted(() => new Map<string, string>());
/** What the system says to a folder that is made; null: it makes it. */
const folders = vi.hoisted(() => ({ refusal: null as string | null }));

vi.mock('#infra/create-app.ts', () => ({
  createApp({ outdir }: { outdir: string }) {
    synthesis.outdirs.push(outdir);
    return { synth: () => synthesis.synth(outdir) };
  },
}));

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  const readFile = async (path: string) => {
    const text = [...edited].find(([end]) => path.endsWith(end))?.[1];
    return text === undefined ? original.readFile(path) : Buffer.from(text);
  };
  const mkdtemp = async (prefix: string) => {
    if (folders.refusal !== null) throw new Error(`${folders.refusal}, mkdtemp '${prefix}XXXXXX'`);
    return original.mkdtemp(prefix);
  };
  return { ...original, readFile, mkdtemp };
});

/** The assembly for a context that only this test has; it goes with the test. */
async function assemblyFor(context: Record<string, string> = {}): Promise<string> {
  const folder = await readyAssembly({ test: `${process.pid}`, ...context });
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

beforeEach(() => {
  edited.clear();
  folders.refusal = null;
  synthesis.outdirs = [];
  synthesis.synth = (outdir) => writeFileSync(join(outdir, 'manifest.json'), '{}');
});

describe('readyAssembly', () => {
  it('synthesizes once, and gives the same folder again while nothing has changed', async () => {
    const first = await assemblyFor();
    expect(await assemblyFor()).toBe(first);
    expect(synthesis.outdirs).toHaveLength(1);
    expect(existsSync(join(first, 'manifest.json'))).toBe(true);
  });

  it('synthesizes apart for another context', async () => {
    expect(await assemblyFor({ benchmark: 'true' })).not.toBe(await assemblyFor());
    expect(synthesis.outdirs).toHaveLength(2);
  });

  it.each([
    '/infra/stack.ts',
    '/functions/core/window.ts',
    '/functions/schema.ts',
    '/cdk.json',
    '/package.json',
    '/package-lock.json',
  ])('synthesizes again when %s has changed', async (source) => {
    const before = await assemblyFor();
    edited.set(source, source.endsWith('.json') ? '{"context":{"edited":true}}' : 'edited');
    expect(await assemblyFor()).not.toBe(before);
    edited.clear();
    expect(await assemblyFor()).toBe(before);
  });

  it('leaves nothing behind when the synthesis fails, and tries again the next time', async () => {
    synthesis.synth = () => {
      throw new Error('no such construct');
    };
    await expect(assemblyFor()).rejects.toThrow('no such construct');
    expect(synthesis.outdirs.map((outdir) => existsSync(outdir))).toEqual([false]);

    synthesis.synth = () => undefined;
    expect(existsSync(await assemblyFor())).toBe(true);
  });

  it.each(['EACCES: permission denied', 'EROFS: read-only file system'])(
    'says in one line that the project must be writable, before it synthesizes and where it has: %s',
    async (refusal) => {
      await assemblyFor();
      synthesis.outdirs = [];
      folders.refusal = refusal;
      for (const context of [{}, { other: 'true' }]) {
        const failure: unknown = await assemblyFor(context).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(UsageError);
        expect((failure as Error).message).toMatch(
          /^Can't write into '.*out\/assembly', where the stack and its functions' bundles are made: E[A-Z]+: .*; make the project writable, or run a copy of it that is$/,
        );
      }
      expect(synthesis.outdirs).toEqual([]);
    },
  );

  it('gives one folder to two runs that synthesize at the same time', async () => {
    const [left, right] = await Promise.all([assemblyFor(), assemblyFor()]);
    expect(left).toBe(right);
    expect(synthesis.outdirs.map((outdir) => existsSync(outdir))).not.toContain(true);
  });
});
