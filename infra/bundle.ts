import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const FUNCTIONS = fileURLToPath(new URL('../functions', import.meta.url));

/**
 * A handler and all that it needs as one ESM file with its source map, built in this process: no Docker, no child process.
 *
 * @param entry the handler's file in functions/, without its ending
 * @param into folder for the bundle, emptied by whoever empties the output
 */
export function bundle(entry: string, into: string): Code {
  const folder = join(into, entry);
  const outfile = join(folder, 'index.mjs');
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [join(FUNCTIONS, `${entry}.ts`)],
    outfile,
    bundle: true,
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
  // By the code alone: the source map beside it holds paths, which differ from folder to folder.
  const assetHash = createHash('sha256').update(readFileSync(outfile)).digest('hex');
  return Code.fromAsset(folder, { assetHash, assetHashType: AssetHashType.CUSTOM });
}
