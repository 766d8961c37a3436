import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

type FunctionRoleProps = {
  functionName: string;
  logGroup: LogGroup;
  /** Permissions beyond writing its own log. */
  statements: PolicyStatement[];
  inNetwork: boolean;
};

/** Role of a function, with all permissions in one inline policy. A managed policy would allow more. */
export function functionRole(scope: Construct, id: string, props: FunctionRoleProps): Role {
  const log = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [props.logGroup.logGroupArn],
  });
  const network = props.inNetwork ? networkStatements(scope, props.functionName) : [];
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Work: new PolicyDocument({ statements: [log, ...props.statements, ...network] }) },
  });
  if (props.inNetwork) {
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'Lambda makes network interfaces by this role and takes no narrower resource; a second statement denies the same ' +
        'calls to the code of the function.',
    });
  }
  return role;
}

/**
 * Calls that Lambda itself, not the function, makes to attach the function to a network.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
function networkStatements(scope: Construct, functionName: string): PolicyStatement[] {
  const actions = [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ];
  // The role names the function by text, since a reference would be circular: the function depends on its role.
  const functionArn = Stack.of(scope).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: functionName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return [
    new PolicyStatement({ actions, resources: ['*'] }),
    new PolicyStatement({
      effect: Effect.DENY,
      actions,
      resources: ['*'],
      conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
    }),
  ];
}
