import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const FUNCTIONS = fileURLToPath(new URL('../../functions', import.meta.url));
/** Never written to: chunks are named by their contents, and source maps name sources, from where the output is said to lie. */
const NOMINAL_FOLDER = fileURLToPath(new URL('../../out/bundle', import.meta.url));

/**
 * A handler and all that it needs as ESM files with source maps, bundled in this process: no Docker, no child process. What is
 * imported dynamically stands in files of its own, so that a cold start reads only the kind of login that it needs.
 *
 * @param entry the handler's file in functions/, without its ending
 * @param into folder for the bundle
 */
export function bundle(entry: string, into: string): Code {
  const folder = join(into, entry);
  rmSync(folder, { recursive: true, force: true }); // chunks of another time
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
    // pg is CommonJS and asks for Node's modules by require.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  const files = outputFiles
    .map(({ path, contents }) => ({ name: basename(path), contents }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  bundled.set(entry, files);
  return files;
}
