import { type CfnResource, Duration, Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Trigger } from 'aws-cdk-lib/triggers';
import type { Construct } from 'constructs';

const PROVIDER = 'AWSCDK.TriggerCustomResourceProviderCustomResourceProvider';

/** Invokes the schema function in each deploy that changes it. If the function fails, the deploy fails. */
export function migrateOnDeploy(
  scope: Construct,
  { handler, after, before }: { handler: LambdaFunction; after: Construct[]; before: Construct[] },
): void {
  new Trigger(scope, 'Migration', {
    handler,
    executeAfter: after,
    executeBefore: before,
    timeout: Duration.minutes(5),
  });
  const provider = Stack.of(scope).node.findChild(PROVIDER);
  // Without managed policies the provider writes no log. It only forwards the function's answer, and its log would outlive
  // the stack.
  (provider.node.findChild('Role') as CfnResource).addPropertyDeletionOverride('ManagedPolicyArns');
}
