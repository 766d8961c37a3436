import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, vi } from 'vitest';
import { createApp } from '#infra/create-app.ts';

/** Context of an external database on AWS. */
export const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:tidemark/database-AbCdEf';
export const BY_SECRET = { database: 'external', databaseSecret: SECRET };
/** Context of an external database on an emulator. */
export const BY_URL = { database: 'external' };

// The first synthesis of a file loads most of aws-cdk-lib. This takes seconds, and many more on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const known = new Map<string, Template>();
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The app for a context plus that of cdk.json, not yet synthesized. Its folder is deleted after the tests. */
export function appOf(context: Record<string, string> = {}): App {
  const outdir = mkdtempSync(join(tmpdir(), 'tidemark-synth-'));
  folders.push(outdir);
  const file = readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8');
  const project = (JSON.parse(file) as { context: Record<string, unknown> }).context;
  return createApp({ outdir, context: { ...project, ...context } });
}

/** The template for a context, synthesized in this process, once for each context. */
export function templateOf(context: Record<string, string> = {}): Template {
  const key = JSON.stringify(context);
  const present = known.get(key);
  if (present !== undefined) return present;
  const template = Template.fromStack(stackOf(appOf(context)));
  known.set(key, template);
  return template;
}

export function stackOf(app: App): Stack {
  const stack = app.node.children.find(Stack.isStack);
  if (stack === undefined) throw new Error('The app has no stack');
  return stack;
}

export type Resource = {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's values have no type
  Properties: any;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  DependsOn?: string[];
};

/** Resources by logical id without the hash at its end. */
export function resourcesOf(template: Template, type?: string): Record<string, Resource> {
  const all = Object.entries(template.toJSON().Resources as Record<string, Resource>);
  return Object.fromEntries(
    all.filter(([, { Type }]) => type === undefined || Type === type).map(([id, resource]) => [plainId(id), resource]),
  );
}

/** The only resource of this type whose logical id begins with `id`. */
export function resourceOf(template: Template, type: string, id: string): Resource {
  const found = Object.entries(resourcesOf(template, type)).filter(([name]) => name.startsWith(id));
  const [only] = found;
  if (found.length !== 1 || only === undefined) throw new Error(`${found.length} resources '${id}…' of type ${type}`);
  return only[1];
}

/** `Results25575328` → `Results`; a version's id ends in a hash of its contents. */
export function plainId(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}([0-9a-f]{32})?$/, '');
}

/** A template's value as text: `<Stream.Arn>`, `arn:<AWS::Partition>:…`. */
export function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return `<${plainId(String(value.Ref))}>`;
  if ('Fn::GetAtt' in value) {
    const [id, attribute] = value['Fn::GetAtt'] as [string, string];
    return `<${plainId(id)}.${attribute}>`;
  }
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(textOf).join(separator);
  }
  if ('Fn::Sub' in value) return String(value['Fn::Sub']).replace(/\$\{(.+?)\}/g, '<$1>');
  return JSON.stringify(value);
}
