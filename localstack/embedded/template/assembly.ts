import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EmbeddedStackError, messageOf } from '../errors.ts';

/** Parts of a CloudFormation template that the runtime reads. */
export type Template = {
  Parameters?: Record<string, { Type?: string; Default?: unknown }>;
  Conditions?: Record<string, unknown>;
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown; Condition?: string }>;
};

export type TemplateResource = {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
  Condition?: string;
};

/** A synthesized stack on disk. `assetFolder` finds the bundle of a `Code.S3Key`. */
type Assembly = {
  stackName: string;
  template: Template;
  assetFolder(objectKey: string): string;
};

type AssetManifest = {
  files?: Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>;
};

const TEMPLATE_SUFFIX = '.template.json';

/**
 * Reads the only stack of a cloud assembly, the output of `cdk synth`.
 * @throws EmbeddedStackError when the folder, its template or an asset is missing or unreadable
 */
export function readAssembly(assemblyDir: string): Assembly {
  const stackName = findStackName(assemblyDir);
  const template = readJson<Template>(join(assemblyDir, stackName + TEMPLATE_SUFFIX));
  if (typeof template.Resources !== 'object' || template.Resources === null) {
    throw new EmbeddedStackError(
      `Template '${stackName}${TEMPLATE_SUFFIX}' has no Resources: expected the output of cdk synth; synthesize again`,
    );
  }
  const folders = readAssetFolders(assemblyDir, stackName);
  return { stackName, template, assetFolder: (objectKey) => findAsset(assemblyDir, folders, objectKey) };
}

function findStackName(assemblyDir: string): string {
  const templates = existsSync(assemblyDir)
    ? readdirSync(assemblyDir).filter((file) => file.endsWith(TEMPLATE_SUFFIX))
    : [];
  const [only] = templates;
  if (only === undefined || templates.length > 1) {
    const found = templates.length === 0 ? 'none' : templates.join(', ');
    throw new EmbeddedStackError(
      `Cannot read the assembly '${assemblyDir}': expected exactly one *${TEMPLATE_SUFFIX}, found ${found}; run cdk synth`,
    );
  }
  return only.slice(0, -TEMPLATE_SUFFIX.length);
}

function readAssetFolders(assemblyDir: string, stackName: string): Map<string, string> {
  const manifestPath = join(assemblyDir, `${stackName}.assets.json`);
  const manifest = existsSync(manifestPath) ? readJson<AssetManifest>(manifestPath) : {};
  const files = Object.values(manifest.files ?? {});
  return new Map(
    files.flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }): [string, string] => [objectKey, source.path]),
    ),
  );
}

function findAsset(assemblyDir: string, folders: Map<string, string>, objectKey: string): string {
  const folder = resolve(assemblyDir, folders.get(objectKey) ?? `asset.${objectKey.replace(/\.zip$/, '')}`);
  if (!existsSync(folder)) {
    throw new EmbeddedStackError(
      `Cannot find the code asset '${objectKey}': expected the folder '${folder}'; synthesize again with bundling`,
    );
  }
  return folder;
}

function readJson<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    throw new EmbeddedStackError(`Cannot read '${path}': ${messageOf(error)}; run cdk synth again`, { cause: error });
  }
}
