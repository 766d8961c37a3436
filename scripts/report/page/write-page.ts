import { readFile, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Report } from '../definition/report.ts';
import { type Assets, renderPage } from './render-page.ts';

const MAIN = fileURLToPath(new URL('browser/main.ts', import.meta.url));
const STYLES = fileURLToPath(new URL('page.css', import.meta.url));

/**
 * Writes the report as one page that opens offline.
 *
 * @param file path of the page
 * @param reportFile path of report.json for the page's commands; by default beside the page
 */
export async function writePage(
  report: Report,
  file: string,
  reportFile: string = join(dirname(file), 'report.json'),
): Promise<void> {
  await writeFile(file, renderPage(report, namedFromHere(reportFile), await bundleAssets()));
}

/** The path relative to the current folder, if the file is in it. */
function namedFromHere(path: string): string {
  const name = relative(process.cwd(), path);
  return name.startsWith('..') || isAbsolute(name) ? path : name;
}

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
    plugins: [UNUSED_SCHEMAS],
  });
  // A closing tag in a string or comment would end the element that holds the text.
  return (outputFiles[0]?.text ?? '').replaceAll(/<\/(script|style)/gi, '<\\/$1').trim();
}

/** The page checks no report: each schema becomes a pure call, which the bundler drops. By itself it can't see that across files. */
const UNUSED_SCHEMAS: Plugin = {
  name: 'unused-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]scripts[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const imports = /import \{([^}]*)\} from '#text\/schema\.ts'/.exec(source)?.[1] ?? '';
      const names = imports
        .split(',')
        .map((name) => name.trim())
        .filter((name) => /^\w+$/.test(name));
      // A statement on one line, or with indented lines up to its closing brackets.
      const schema = new RegExp(
        `^((?:export )?const \\w+ = )((?:${names.join('|')})\\((?:.*\\)|.*\\n(?:[ \\t].*\\n)*[})\\]].*));$`,
        'gm',
      );
      const contents = names.length === 0 ? source : source.replace(schema, '$1/* @__PURE__ */ (() => $2)();');
      return { contents, loader: 'ts' };
    });
  },
};
