import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import { createApp } from '../../infra/create-app.ts';

const known = new Map<string, Template>();
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The template that a context gives, synthesized in this process, once a context. */
export function templateOf(context: Record<string, string> = {}): Template {
  const key = JSON.stringify(context);
  const present = known.get(key);
  if (present !== undefined) return present;
  const outdir = mkdtempSync(join(tmpdir(), 'tidemark-synth-'));
  folders.push(outdir);
  const stack = createApp({ outdir, context }).node.children.find(Stack.isStack);
  if (stack === undefined) throw new Error('The app has no stack');
  const template = Template.fromStack(stack);
  known.set(key, template);
  return template;
}
