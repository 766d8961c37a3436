import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Records why a policy below this construct may name this resource with a wildcard. */
export function acknowledgeWildcard(scope: Construct, resource: string, reason: string): void {
  Validations.of(scope).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${flatten(Stack.of(scope).resolve(resource))}]`,
    reason,
  });
}

/** Text of a template's value in the form of the rule: `<Logical.Arn>/*`. */
function flatten(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return `<${value.Ref}>`;
  if ('Fn::GetAtt' in value) return `<${[value['Fn::GetAtt']].flat().join('.')}>`;
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(flatten).join(separator);
  }
  throw new TypeError(
    `Unsupported value in an ARN: ${JSON.stringify(value)}; expected a text, Ref, Fn::GetAtt or Fn::Join`,
  );
}
