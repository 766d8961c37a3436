import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { draftPrefix, markUsed, pruneAssemblies } from '#bench/targets/prune-assemblies.ts';

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--eval', '']).pid;
}

/** A folder of assemblies and drafts, each with the processes that work with it. */
async function keptWith(assemblies: Record<string, readonly number[]>): Promise<string> {
  const kept = await mkdtemp(join(tmpdir(), 'tidemark-assemblies-'));
  onTestFinished(() => rm(kept, { recursive: true, force: true }));
  for (const [name, users] of Object.entries(assemblies)) {
    await mkdir(join(kept, name, 'users'), { recursive: true });
    for (const pid of users) await writeFile(join(kept, name, 'users', String(pid)), '');
  }
  return kept;
}

describe('pruneAssemblies', () => {
  it('removes assemblies of other sources, but for those in use and those of another context', async () => {
    const dead = deadPid();
    const kept = await keptWith({
      'context1-now': [],
      'context1-old': [],
      'context1-killed': [dead],
      'context1-busy': [dead, process.ppid],
      'context2-old': [],
    });
    await pruneAssemblies(kept, 'context1-now');
    const left = ['context1-now', 'context1-old', 'context1-killed', 'context1-busy', 'context2-old'].filter((name) =>
      existsSync(join(kept, name)),
    );
    expect(left).toEqual(['context1-now', 'context1-busy', 'context2-old']);
  });

  it('removes the drafts that killed runs left, and none that is being written', async () => {
    const dead = `draft-${deadPid()}-Xy12`;
    const own = `${draftPrefix()}Xy12`;
    const kept = await keptWith({ [dead]: [], [own]: [] });
    await pruneAssemblies(kept, 'context1-now');
    expect([existsSync(join(kept, dead)), existsSync(join(kept, own))]).toEqual([false, true]);
  });

  it('goes on where another run prunes the same', async () => {
    const old = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`context1-${i}`, []]));
    const kept = await keptWith(old);
    await Promise.all([pruneAssemblies(kept, 'context1-now'), pruneAssemblies(kept, 'context1-now')]);
    expect(Object.keys(old).filter((name) => existsSync(join(kept, name)))).toEqual([]);
  });
});

describe('markUsed', () => {
  it('keeps an assembly from being pruned, marked twice too', async () => {
    const kept = await keptWith({ 'context1-old': [] });
    const folder = join(kept, 'context1-old');
    expect([await markUsed(folder), await markUsed(folder)]).toEqual([true, true]);
    await pruneAssemblies(kept, 'context1-now');
    expect(existsSync(folder)).toBe(true);
  });

  it('says that an assembly is gone, and makes no empty one in its place', async () => {
    const folder = join(await keptWith({}), 'context1-old');
    expect(await markUsed(folder)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });
});
