import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Paths of the child programs, bundled as plain JavaScript that needs no loader. */
type ChildPrograms = { bootstrap: string; kinesis: string; warden: string };

const SOURCES: Record<keyof ChildPrograms, URL> = {
  bootstrap: new URL('../lambda/bootstrap/main.ts', import.meta.url),
  kinesis: new URL('../kinesis/child/main.ts', import.meta.url),
  warden: new URL('./warden.ts', import.meta.url),
};

/** Bundles the child programs into `buildDir` and gives their paths. */
export async function buildChildPrograms(buildDir: string): Promise<ChildPrograms> {
  await mkdir(buildDir, { recursive: true });
  const [bootstrap, kinesis, warden] = await Promise.all([
    bundle('bootstrap', buildDir),
    bundle('kinesis', buildDir),
    bundle('warden', buildDir),
  ]);
  return { bootstrap, kinesis, warden };
}

async function bundle(name: keyof ChildPrograms, buildDir: string): Promise<string> {
  const outfile = join(buildDir, `${name}.mjs`);
  // Another stack may start from the same folder, and must never see a half-written program.
  const draft = join(buildDir, `${name}.${process.pid}-${Date.now()}-${Math.random().toString(36).slice(2)}.mjs`);
  await build({
    entryPoints: [fileURLToPath(SOURCES[name])],
    outfile: draft,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  });
  await rename(draft, outfile);
  return outfile;
}
