import { type CfnResource, Duration, Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Trigger } from 'aws-cdk-lib/triggers';
import type { Construct } from 'constructs';

const PROVIDER = 'AWSCDK.TriggerCustomResourceProviderCustomResourceProvider';

/** Invokes the schema function during each deploy that changed it, and fails the deploy if it fails. */
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
  // Without it the provider writes no log: it only passes the function's answer on, and the log would outlive the stack.
  (provider.node.findChild('Role') as CfnResource).addPropertyDeletionOverride('ManagedPolicyArns');
}
