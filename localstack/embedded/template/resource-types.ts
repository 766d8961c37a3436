import { ACCOUNT_ID, bucketArn, functionArn, queueArn, REGION, ruleArn, streamArn } from '../account.ts';
import { EmbeddedStackError } from '../errors.ts';

/** Names of a resource type: its name property, and the values of Ref and Fn::GetAtt for a physical name. */
type ResourceType = {
  nameProperty?: string;
  ref?: (name: string) => string;
  attributes?: Record<string, (name: string) => string>;
};

const queueUrl = (name: string) => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT_ID}/${name}`;
const managedPolicyArn = (name: string) => `arn:aws:iam::${ACCOUNT_ID}:policy/${name}`;

const KNOWN: Record<string, ResourceType> = {
  'AWS::CDK::Metadata': {},
  // The runtime has no metrics, so alarms and dashboards only have names.
  'AWS::CloudWatch::Alarm': {
    nameProperty: 'AlarmName',
    attributes: { Arn: (name) => `arn:aws:cloudwatch:${REGION}:${ACCOUNT_ID}:alarm:${name}` },
  },
  'AWS::CloudWatch::Dashboard': { nameProperty: 'DashboardName' },
  'AWS::Events::Rule': { nameProperty: 'Name', attributes: { Arn: ruleArn } },
  'AWS::IAM::ManagedPolicy': { nameProperty: 'ManagedPolicyName', ref: managedPolicyArn },
  'AWS::IAM::Policy': { nameProperty: 'PolicyName' },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    attributes: { Arn: (name) => `arn:aws:iam::${ACCOUNT_ID}:role/${name}` },
  },
  'AWS::Kinesis::Stream': { nameProperty: 'Name', attributes: { Arn: streamArn } },
  'AWS::Lambda::EventInvokeConfig': {},
  'AWS::Lambda::EventSourceMapping': { attributes: { Id: (name) => name } },
  'AWS::Lambda::Function': { nameProperty: 'FunctionName', attributes: { Arn: functionArn } },
  'AWS::Lambda::Permission': {},
  'AWS::Lambda::Version': { attributes: { Version: () => '1' } },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    attributes: { Arn: (name) => `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:${name}:*` },
  },
  'AWS::S3::Bucket': { nameProperty: 'BucketName', attributes: { Arn: bucketArn } },
  'AWS::S3::BucketPolicy': {},
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    ref: queueUrl,
    attributes: { Arn: queueArn, QueueName: (name) => name, QueueUrl: queueUrl },
  },
  'AWS::SQS::QueuePolicy': {},
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    attributes: { Arn: (name) => `arn:aws:scheduler:${REGION}:${ACCOUNT_ID}:schedule/default/${name}` },
  },
  'Custom::Trigger': {},
};

/**
 * Names of a resource type.
 * @throws EmbeddedStackError for an unsupported type
 */
export function resourceType(type: string, logicalId: string): ResourceType {
  const known = KNOWN[type];
  if (known === undefined) {
    throw new EmbeddedStackError(
      `Cannot run resource '${logicalId}' of type '${type}': the embedded runtime supports ${Object.keys(KNOWN).join(', ')}; ` +
        'leave it out of the embedded synthesis, or add the type to localstack/embedded/template/resource-types.ts',
    );
  }
  return known;
}
