import { createHash } from 'node:crypto';
import { ACCOUNT_ID, functionArn, REGION } from '../account.ts';
import { EmbeddedStackError } from '../errors.ts';
import type { Template, TemplateResource } from './assembly.ts';
import { resolveValue, type Scope } from './intrinsics.ts';
import { resourceType } from './resource-types.ts';

/** Scope of a template and its parameters. */
export type TemplateScope = Scope & { physicalName(logicalId: string): string };

/** Builds the scope of a template. Values are resolved on demand. */
export function templateScope(
  template: Template,
  stackName: string,
  parameters: Record<string, string>,
): TemplateScope {
  const pseudoParameters: Record<string, string | undefined> = {
    'AWS::AccountId': ACCOUNT_ID,
    'AWS::NoValue': undefined,
    'AWS::Partition': 'aws',
    'AWS::Region': REGION,
    'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT_ID}:stack/${stackName}/embedded`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };

  const findResource = (logicalId: string, place: string): TemplateResource => {
    const resource = template.Resources[logicalId];
    if (resource === undefined) {
      throw new EmbeddedStackError(
        `Cannot resolve ${place}: there is no parameter or resource '${logicalId}'; synthesize the template again`,
      );
    }
    return resource;
  };

  const scope: TemplateScope = {
    ref(logicalId, place) {
      if (logicalId in pseudoParameters) return pseudoParameters[logicalId];
      if (template.Parameters?.[logicalId] !== undefined) return parameterValue(template, logicalId, parameters);
      const { Type, Properties } = findResource(logicalId, place);
      if (Type === 'AWS::Lambda::Version') {
        return `${functionArn(String(resolveValue(Properties?.FunctionName, scope, place)))}:1`;
      }
      const name = scope.physicalName(logicalId);
      return resourceType(Type, logicalId).ref?.(name) ?? name;
    },

    attribute(logicalId, attribute, place) {
      const { Type } = findResource(logicalId, place);
      const give = resourceType(Type, logicalId).attributes?.[attribute];
      if (give === undefined) {
        throw new EmbeddedStackError(
          `Cannot resolve ${place}: the embedded runtime does not know the attribute '${attribute}' of '${logicalId}' (${Type}); ` +
            'add it to localstack/embedded/template/resource-types.ts',
        );
      }
      return give(scope.physicalName(logicalId));
    },

    condition(name, place) {
      const condition = template.Conditions?.[name];
      if (condition === undefined) {
        throw new EmbeddedStackError(`Cannot resolve ${place}: there is no condition '${name}'; synthesize again`);
      }
      return resolveValue(condition, scope, `Conditions.${name}`) === true;
    },

    physicalName(logicalId) {
      const { Type, Properties } = findResource(logicalId, logicalId);
      const { nameProperty } = resourceType(Type, logicalId);
      const explicit = nameProperty === undefined ? undefined : Properties?.[nameProperty];
      if (explicit !== undefined) {
        const name = resolveValue(explicit, scope, `${logicalId}.${nameProperty}`);
        if (name !== undefined) return String(name);
      }
      const name = `${stackName}-${logicalId}`;
      if (Type === 'AWS::Lambda::EventSourceMapping') return mappingId(name);
      return Type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
    },
  };
  return scope;
}

function parameterValue(template: Template, name: string, parameters: Record<string, string>): unknown {
  const value = parameters[name] ?? template.Parameters?.[name]?.Default;
  if (value === undefined) {
    throw new EmbeddedStackError(
      `Template parameter '${name}' has no value and no default: pass it in the parameters of the stack`,
    );
  }
  return value;
}

/** UUID of a mapping in the template. It is the same at every start, so the template can refer to it beforehand. */
function mappingId(physicalName: string): string {
  const hex = createHash('sha256').update(physicalName).digest('hex');
  // Version 8 (RFC 9562) is for custom UUIDs.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
