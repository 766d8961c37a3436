import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Assets } from './render-page.ts';

const MAIN = fileURLToPath(new URL('browser/main.ts', import.meta.url));
const STYLES = fileURLToPath(new URL('page.css', import.meta.url));

/** The page's script with all that it imports, and its styles, as small as they get. */
export async function bundleAssets(): Promise<Assets> {
  const [script, styles] = await Promise.all([bundle(MAIN), bundle(STYLES)]);
  return { script, styles };
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    write: false,
    logLevel: 'silent',
  });
  // What ends the element that a text stands in would end it inside a string or comment too.
  return (outputFiles[0]?.text ?? '').replaceAll(/<\/(script|style)/gi, '<\\/$1').trim();
}
