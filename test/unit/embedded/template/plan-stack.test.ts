import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planStack } from '#localstack/embedded/template/plan-stack.ts';
import { assemblyFolder, FUNCTION, RESOURCES } from './assembly-folder.ts';

const folder = assemblyFolder();

describe('planStack', () => {
  it('resolves functions, streams and outputs', () => {
    folder.write({
      Parameters: { DatabaseUrl: { Type: 'String' }, BootstrapVersion: { Type: 'String', Default: '1' } },
      Resources: RESOURCES,
      Outputs: { StreamName: { Value: { Ref: 'Events' } } },
    });
    const plan = planStack(folder.path(), { DatabaseUrl: 'postgres://here' });
    expect(plan.streams).toEqual([{ name: 'Small-Events', shardCount: 2 }]);
    expect(plan.outputs).toEqual({ StreamName: 'Small-Events' });
    expect(plan.functions).toEqual([
      {
        functionName: 'Small-Counter',
        handler: 'index.handler',
        codeDir: join(folder.path(), 'asset.abc'),
        runtime: 'nodejs24.x',
        memorySizeMb: 128,
        timeoutSeconds: 3,
        environment: { DATABASE_URL: 'postgres://here', STREAM: 'Small-Events' },
        reservedConcurrency: null,
        logGroupName: '/aws/lambda/Small-Counter',
      },
    ]);
  });

  it('takes the names that the template gives', () => {
    folder.write({
      Resources: { Events: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'clicks' } } },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Events', 'Arn'] } } },
    });
    expect(planStack(folder.path(), {}).outputs).toEqual({
      Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks',
    });
  });

  it('gives a mapping an id that an output can name before the mapping exists', () => {
    folder.write({
      Resources: { ...RESOURCES, Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { BatchSize: 5 } } },
      Outputs: { MappingId: { Value: { Ref: 'Mapping' } } },
      Parameters: { DatabaseUrl: { Default: 'x' } },
    });
    const { mappings, outputs } = planStack(folder.path(), {});
    expect(mappings).toMatchObject([{ id: outputs.MappingId, request: { BatchSize: 5 } }]);
    expect(outputs.MappingId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('orders triggers by what they depend on, through other resources too', () => {
    const trigger = (handler: string, ...dependsOn: string[]) => ({
      Type: 'Custom::Trigger',
      Properties: { HandlerArn: handler },
      DependsOn: dependsOn,
    });
    folder.write({
      Resources: {
        Second: trigger('second', 'Between'),
        Between: { Type: 'AWS::IAM::Role', DependsOn: 'First' },
        First: trigger('first'),
      },
    });
    expect(planStack(folder.path(), {}).triggers.map(({ logicalId }) => logicalId)).toEqual(['First', 'Second']);
  });

  it("does not run aws-cdk-lib's own trigger provider", () => {
    folder.write({ Resources: { AWSCDKTriggerCustomResourceProviderHandler97BECD91: FUNCTION } });
    expect(planStack(folder.path(), {}).functions).toEqual([]);
  });

  it('resolves the rules of the bus, and leaves out one that is disabled', () => {
    const rule = (more: object) => ({
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { resources: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Counter', 'Arn'] }, ':$LATEST']] }] },
        Targets: [{ Arn: { 'Fn::GetAtt': ['Counter', 'Arn'] }, Id: 'Target0' }],
        ...more,
      },
    });
    folder.write({
      Parameters: { DatabaseUrl: { Default: 'x' } },
      Resources: { ...RESOURCES, Again: rule({}), Off: rule({ State: 'DISABLED' }) },
      Outputs: { RuleArn: { Value: { 'Fn::GetAtt': ['Again', 'Arn'] } } },
    });
    const { rules, outputs } = planStack(folder.path(), {});
    const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:Small-Counter';
    expect(rules).toMatchObject([{ name: 'Small-Again', targets: [{ functionArn }] }]);
    expect(rules[0]?.matches({ resources: [`${functionArn}:$LATEST`] })).toBe(true);
    expect(outputs.RuleArn).toBe('arn:aws:events:us-east-1:000000000000:rule/Small-Again');
  });

  it('takes a schedule with retries and a dead-letter queue', () => {
    folder.write({
      Parameters: { DatabaseUrl: { Default: 'x' } },
      Resources: {
        ...RESOURCES,
        Queue: { Type: 'AWS::SQS::Queue' },
        Ticks: {
          Type: 'AWS::Scheduler::Schedule',
          Properties: {
            ScheduleExpression: 'rate(1 minute)',
            Target: {
              Arn: { 'Fn::GetAtt': ['Counter', 'Arn'] },
              RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 },
              DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
            },
          },
        },
      },
    });
    expect(planStack(folder.path(), {}).schedules).toMatchObject([{ name: 'Small-Ticks', enabled: true, input: '{}' }]);
  });

  it('leaves alone what only watches, whatever it is made of', () => {
    folder.write({
      Resources: {
        Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Threshold: { 'Fn::Unknown': 1 } } },
        Dashboard: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: { 'Fn::Unknown': 1 } } },
      },
      Outputs: { AlarmArn: { Value: { 'Fn::GetAtt': ['Alarm', 'Arn'] } }, Dashboard: { Value: { Ref: 'Dashboard' } } },
    });
    expect(planStack(folder.path(), {}).outputs).toEqual({
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Small-Alarm',
      Dashboard: 'Small-Dashboard',
    });
  });

  it.each([
    [
      'a resource of an unknown type',
      { Resources: { Table: { Type: 'AWS::DynamoDB::Table' } } },
      "Cannot run resource 'Table' of type 'AWS::DynamoDB::Table': the embedded runtime supports AWS::CDK::Metadata,",
    ],
    [
      'a parameter without a value',
      { Parameters: { DatabaseUrl: { Type: 'String' } }, Resources: RESOURCES },
      "Template parameter 'DatabaseUrl' has no value and no default",
    ],
    [
      'a reference to nothing',
      { Resources: {}, Outputs: { Name: { Value: { Ref: 'Gone' } } } },
      "Cannot resolve output 'Name': there is no parameter or resource 'Gone'",
    ],
    [
      'a function that is not for Node.js',
      {
        Resources: {
          ...RESOURCES,
          Counter: { ...FUNCTION, Properties: { ...FUNCTION.Properties, Runtime: 'python3.13' } },
        },
      },
      `Invalid resource 'Counter'.Runtime: got "python3.13", expected a nodejs runtime`,
    ],
    [
      'a schedule of something that it does not have',
      {
        Resources: {
          Ticks: {
            Type: 'AWS::Scheduler::Schedule',
            Properties: { ScheduleExpression: 'rate(1 minute)', Target: { Arn: 'arn:of:something' } },
          },
        },
      },
      "Cannot send to the target of schedule 'Small-Ticks': got 'arn:of:something', expected a function of this stack",
    ],
    [
      'a code asset that is not there',
      {
        Resources: {
          ...RESOURCES,
          Counter: { ...FUNCTION, Properties: { ...FUNCTION.Properties, Code: { S3Key: 'gone.zip' } } },
        },
      },
      "Cannot find the code asset 'gone.zip'",
    ],
  ])('refuses %s in one line', (_what, template, message) => {
    folder.write({ Parameters: { DatabaseUrl: { Default: 'x' } }, ...template });
    expect(() => planStack(folder.path(), {})).toThrow(message);
    expect(() => planStack(folder.path(), {})).toThrow(/^[^\n]+$/);
  });

  it('refuses a folder without a template', () => {
    expect(() => planStack(folder.path(), {})).toThrow(
      'expected exactly one *.template.json, found none; run cdk synth',
    );
  });
});
