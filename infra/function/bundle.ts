import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const FUNCTIONS = fileURLToPath(new URL('../../functions', import.meta.url));
/** Nominal output folder. Nothing is written there, but hashes of chunks and paths in source maps depend on it. */
const NOMINAL_FOLDER = fileURLToPath(new URL('../../out/bundle', import.meta.url));

/**
 * Bundles a handler into ESM files with source maps, in this process: without Docker or a child process. Dynamic imports
 * become separate files, so that a cold start reads only the kind of login that it needs.
 *
 * @param entry the handler's file in functions/, without its extension
 * @param into folder for the bundle
 */
export function bundle(entry: string, into: string): Code {
  const folder = join(into, entry);
  rmSync(folder, { recursive: true, force: true }); // removes chunks of an earlier bundle
  mkdirSync(folder, { recursive: true });
  const hash = createHash('sha256');
  for (const { name, contents } of bundledOnce(entry)) {
    writeFileSync(join(folder, name), contents);
    hash.update(name).update(contents);
  }
  return Code.fromAsset(folder, { assetHash: hash.digest('hex'), assetHashType: AssetHashType.CUSTOM });
}

type BundledFile = { name: string; contents: Uint8Array };

/** A process that synthesizes many stacks bundles each handler once. */
const bundled = new Map<string, BundledFile[]>();

function bundledOnce(entry: string): BundledFile[] {
  const present = bundled.get(entry);
  if (present !== undefined) return present;
  const { outputFiles } = buildSync({
    entryPoints: [{ in: join(FUNCTIONS, `${entry}.ts`), out: 'index' }],
    outdir: NOMINAL_FOLDER,
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    external: ['pg-native'],
    // pg is CommonJS and loads Node's modules with require.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  const files = outputFiles
    .map(({ path, contents }) => ({ name: basename(path), contents }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  bundled.set(entry, files);
  return files;
}
