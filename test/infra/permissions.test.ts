import { describe, expect, it } from 'vitest';
import { grantsOf, lineOf, roleOf } from '../support/policies.ts';
import { BY_SECRET, BY_URL, resourceOf, resourcesOf, SECRET, templateOf, textOf } from '../support/templates.ts';

const FUNCTIONS = ['micro-batch', 'scheduled-batch', 'results', 'schema'] as const;
type FunctionName = (typeof FUNCTIONS)[number];

const ROLES: Record<FunctionName, string> = {
  'micro-batch': 'tidemark_micro_batch',
  'scheduled-batch': 'tidemark_scheduled_batch',
  results: 'tidemark_results',
  schema: 'tidemark_owner',
};

const READING =
  'kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords kinesis:GetShardIterator kinesis:ListShards';

/** Permissions of each function beyond its log and its login. */
const WORK: Record<FunctionName, string[]> = {
  'micro-batch': [
    `${READING} on <Stream.Arn>`,
    's3:ListBucket on <MicroBatchFailedBatches.Arn>',
    's3:PutObject on <MicroBatchFailedBatches.Arn>/*',
  ],
  'scheduled-batch': [
    `${READING} on <Stream.Arn>`,
    'events:PutEvents on arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus/default',
    'sqs:SendMessage on <ScheduledBatchFailedRuns.Arn>',
  ],
  results: [],
  schema: ['kinesis:ListShards on <Stream.Arn>'],
};

const LOGS: Record<FunctionName, string> = {
  'micro-batch': 'MicroBatchFunctionLogs',
  'scheduled-batch': 'ScheduledBatchFunctionLogs',
  results: 'ResultsLogs',
  schema: 'SchemaLogs',
};
const logOf = (entry: FunctionName): string => `logs:CreateLogStream logs:PutLogEvents on <${LOGS[entry]}.Arn>`;

const INTERFACES = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
].join(' ');

describe('the permissions of each function, and no others', () => {
  it.each(FUNCTIONS)('with Aurora: %s', (entry) => {
    const own = `arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:Tidemark-${entry}`;
    expect(grantsOf(templateOf(), entry)).toEqual(
      [
        logOf(entry),
        ...WORK[entry],
        'rds-db:connect on arn:<AWS::Partition>:rds-db:<AWS::Region>:<AWS::AccountId>:dbuser:' +
          `<AuroraCluster.DBClusterResourceId>/${ROLES[entry]}`,
        `${INTERFACES} on *`, // Lambda itself attaches the function to the network,
        `not ${INTERFACES} on * if ArnEquals lambda:SourceFunctionArn ${own}`, // and its code must not
      ].sort(),
    );
  });

  it.each(FUNCTIONS)('with a secret for an external database: %s', (entry) => {
    expect(grantsOf(templateOf(BY_SECRET), entry)).toEqual(
      [logOf(entry), ...WORK[entry], `secretsmanager:GetSecretValue on ${SECRET}`].sort(),
    );
  });

  it.each(FUNCTIONS)('with a plain database URL: %s', (entry) => {
    const bus = WORK[entry].map((line) =>
      line.replace(/arn:.*:event-bus/, 'arn:aws:events:us-east-1:000000000000:event-bus'),
    );
    expect(grantsOf(templateOf(BY_URL), entry)).toEqual([logOf(entry), ...bus].sort());
  });

  it('are in a role that no other function has', () => {
    const template = templateOf();
    expect(new Set(FUNCTIONS.map((entry) => roleOf(template, entry))).size).toBe(FUNCTIONS.length);
  });

  it.each([{}, BY_SECRET, BY_URL])('come from no managed policy (%j)', (context) => {
    const roles = Object.values(resourcesOf(templateOf(context), 'AWS::IAM::Role'));
    expect(roles.length).toBeGreaterThan(FUNCTIONS.length);
    expect(roles.flatMap(({ Properties }) => Properties.ManagedPolicyArns ?? [])).toEqual([]);
  });
});

describe('reading the streams of benchmark runs', () => {
  it('is forbidden without benchmark=true', () => {
    const template = templateOf();
    expect(FUNCTIONS.flatMap((entry) => grantsOf(template, entry)).filter((line) => line.includes('-run-'))).toEqual(
      [],
    );
    expect(template.toJSON().Outputs.RunStreamPrefix.Value).toBe('');
  });

  it('is allowed to the two counting functions with benchmark=true, by the prefix of the stack', () => {
    const template = templateOf({ benchmark: 'true', name: 'Bench' });
    const runs = 'arn:<AWS::Partition>:kinesis:<AWS::Region>:<AWS::AccountId>:stream/Bench-run-*';
    const ofRuns = FUNCTIONS.flatMap((entry) =>
      grantsOf(template, entry)
        .filter((line) => line.includes('-run-'))
        .map((line) => [entry, line]),
    );
    expect(ofRuns).toEqual([
      ['micro-batch', `${READING} on <Stream.Arn>, ${runs}`],
      ['scheduled-batch', `${READING} on <Stream.Arn>, ${runs}`],
    ]);
    expect(template.toJSON().Outputs.RunStreamPrefix.Value).toBe('Bench-run-');
  });
});

describe('a principal other than the functions', () => {
  const template = templateOf();
  const roleBy = (id: string) => resourceOf(template, 'AWS::IAM::Role', id).Properties;
  const statementsOf = (id: string): string[] =>
    roleBy(id).Policies.flatMap((policy: { PolicyDocument: { Statement: Parameters<typeof lineOf>[0][] } }) =>
      policy.PolicyDocument.Statement.map(lineOf),
    );

  it('lets the scheduler invoke the batch, and send undelivered ticks to the queue', () => {
    expect(statementsOf('ScheduledBatchTicksRole')).toEqual([
      'lambda:InvokeFunction on <ScheduledBatchFunction.Arn>',
      'sqs:SendMessage on <ScheduledBatchFailedRuns.Arn>',
    ]);
    const [trust] = roleBy('ScheduledBatchTicksRole').AssumeRolePolicyDocument.Statement;
    expect(trust.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
  });

  it('lets a deploy invoke the schema function, and write no log that outlives the stack', () => {
    expect(statementsOf('AWSCDKTrigger')).toEqual(['lambda:InvokeFunction on <Schema.Arn>:*']);
  });

  it('lets only the rule for continuation invoke the batch', () => {
    const permissions = Object.values(resourcesOf(template, 'AWS::Lambda::Permission')).map(({ Properties }) => [
      Properties.Principal,
      textOf(Properties.FunctionName),
      textOf(Properties.SourceArn),
    ]);
    expect(permissions).toEqual([
      ['events.amazonaws.com', '<ScheduledBatchFunction.Arn>', '<ScheduledBatchContinuation.Arn>'],
    ]);
  });

  it('is refused by queue and bucket without TLS', () => {
    const policies = [
      ...Object.values(resourcesOf(template, 'AWS::SQS::QueuePolicy')),
      ...Object.values(resourcesOf(template, 'AWS::S3::BucketPolicy')),
    ].flatMap(({ Properties }) => Properties.PolicyDocument.Statement.map(lineOf) as string[]);
    expect(policies.sort()).toEqual([
      'events.amazonaws.com: sqs:SendMessage on <ScheduledBatchFailedRuns.Arn>' +
        ' if ArnEquals aws:SourceArn <ScheduledBatchContinuation.Arn>',
      'not *: s3:* on <MicroBatchFailedBatches.Arn>, <MicroBatchFailedBatches.Arn>/* if Bool aws:SecureTransport false',
      'not *: sqs:* on <ScheduledBatchFailedRuns.Arn> if Bool aws:SecureTransport false',
    ]);
  });
});
