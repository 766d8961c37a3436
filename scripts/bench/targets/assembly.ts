import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '#text/usage-error.ts';
import { makeFolder } from './make-folder.ts';
import { draftPrefix, markUsed, pruneAssemblies } from './prune-assemblies.ts';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const DIGEST_LENGTH = 12;
const SOURCES = ['infra', 'functions', 'cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

/**
 * Synthesizes the stack with its bundles, and keeps the result until one of its sources changes. This process does it,
 * because `cdk synth` takes three times as long.
 *
 * @returns the folder of the cloud assembly; it stays as long as this process
 * @throws UsageError in one line if the project's folder for assemblies can't be written into
 */
export async function readyAssembly(context: Readonly<Record<string, string>>): Promise<string> {
  const kept = join(PROJECT, 'out', 'assembly');
  const name = `${digestOf(JSON.stringify(context))}-${await digestOfSources()}`;
  const folder = join(kept, name);
  await makeWritable(kept);
  // Another run may prune the assembly before it is marked; then it is made again.
  do if (!existsSync(folder)) await synthesize(context, kept, folder);
  while (!(await markUsed(folder)));
  await pruneAssemblies(kept, name);
  return folder;
}

/** Checks that the folder is writable, even if the assembly is there: its users are noted in it. */
async function makeWritable(kept: string): Promise<void> {
  try {
    await makeFolder(kept);
    await rm(await mkdtemp(join(kept, draftPrefix())), { recursive: true });
  } catch (error) {
    throw new UsageError(
      `Can't write into '${kept}', where the stack and its functions' bundles are made: ${(error as Error).message}; ` +
        'make the project writable, or run a copy of it that is',
      { cause: error },
    );
  }
}

async function synthesize(context: Readonly<Record<string, string>>, kept: string, folder: string): Promise<void> {
  const draft = await mkdtemp(join(kept, draftPrefix()));
  try {
    const { createApp } = await import('#infra/create-app.ts'); // seconds to load, so it is imported only when needed
    createApp({ outdir: draft, context: { ...(await contextOfProject()), ...context } }).synth();
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // otherwise another run has just made the same assembly
  }
}

/** Reads the context that `cdk` gives to every app of this project, so that both make the same template. */
async function contextOfProject(): Promise<Record<string, unknown>> {
  return (JSON.parse(await readFile(join(PROJECT, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> })
    .context;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
}

async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    for (const file of await filesOf(join(PROJECT, source))) hash.update(file).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, DIGEST_LENGTH);
}

async function filesOf(path: string): Promise<string[]> {
  if (path.endsWith('.json')) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
