import { readFileSync } from 'node:fs';

/** Sections of docs/runbook.md by heading. */
export function readRunbook(): Map<string, string> {
  const text = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  const sections = text.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const end = section.indexOf('\n');
      return [section.slice(0, end), section.slice(end + 1)] as const;
    }),
  );
}

/** The fenced blocks of a language in a part of a document, in order. */
export function blocksOf(markdown: string, language: string): string[] {
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, block]) => block as string,
  );
}
