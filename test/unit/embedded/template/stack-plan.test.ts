import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planStack } from '../../../../localstack/embedded/template/stack-plan.ts';

let assemblyDir = '';

beforeEach(() => {
  assemblyDir = mkdtempSync(join(tmpdir(), 'tidemark-plan-'));
});

afterEach(() => rmSync(assemblyDir, { recursive: true }));

const FUNCTION = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Architectures: ['arm64'],
    Code: { S3Bucket: { Ref: 'AWS::AccountId' }, S3Key: 'abc.zip' },
    Environment: { Variables: { DATABASE_URL: { Ref: 'DatabaseUrl' }, STREAM: { Ref: 'Events' } } },
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
  },
};

const RESOURCES = {
  Events: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 2 } },
  Role: { Type: 'AWS::IAM::Role', Properties: {} },
  Counter: FUNCTION,
};

function writeAssembly(template: object): void {
  mkdirSync(join(assemblyDir, 'asset.abc'));
  writeFileSync(join(assemblyDir, 'Small.template.json'), JSON.stringify(template));
}

describe('planStack', () => {
  it('resolves functions, streams and outputs', () => {
    writeAssembly({
      Parameters: { DatabaseUrl: { Type: 'String' }, BootstrapVersion: { Type: 'String', Default: '1' } },
      Resources: RESOURCES,
      Outputs: { StreamName: { Value: { Ref: 'Events' } } },
    });
    const plan = planStack(assemblyDir, { DatabaseUrl: 'postgres://here' });
    expect(plan.streams).toEqual([{ name: 'Small-Events', shardCount: 2 }]);
    expect(plan.outputs).toEqual({ StreamName: 'Small-Events' });
    expect(plan.functions).toEqual([
      {
        functionName: 'Small-Counter',
        handler: 'index.handler',
        codeDir: join(assemblyDir, 'asset.abc'),
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
    writeAssembly({
      Resources: { Events: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'clicks' } } },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Events', 'Arn'] } } },
    });
    expect(planStack(assemblyDir, {}).outputs).toEqual({
      Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks',
    });
  });

  it('gives a mapping an id that an output can name before the mapping exists', () => {
    writeAssembly({
      Resources: { ...RESOURCES, Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { BatchSize: 5 } } },
      Outputs: { MappingId: { Value: { Ref: 'Mapping' } } },
      Parameters: { DatabaseUrl: { Default: 'x' } },
    });
    const { mappings, outputs } = planStack(assemblyDir, {});
    expect(mappings).toMatchObject([{ id: outputs.MappingId, request: { BatchSize: 5 } }]);
    expect(outputs.MappingId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('orders triggers by what they depend on, through other resources too', () => {
    const trigger = (handler: string, ...dependsOn: string[]) => ({
      Type: 'Custom::Trigger',
      Properties: { HandlerArn: handler },
      DependsOn: dependsOn,
    });
    writeAssembly({
      Resources: {
        Second: trigger('second', 'Between'),
        Between: { Type: 'AWS::IAM::Role', DependsOn: 'First' },
        First: trigger('first'),
      },
    });
    expect(planStack(assemblyDir, {}).triggers.map(({ logicalId }) => logicalId)).toEqual(['First', 'Second']);
  });

  it("does not run aws-cdk-lib's own trigger provider", () => {
    writeAssembly({ Resources: { AWSCDKTriggerCustomResourceProviderHandler97BECD91: FUNCTION } });
    expect(planStack(assemblyDir, {}).functions).toEqual([]);
  });

  it.each([
    [
      'a resource of an unknown type',
      { Resources: { Table: { Type: 'AWS::DynamoDB::Table' } } },
      "Cannot run resource 'Table' of type 'AWS::DynamoDB::Table': the embedded runtime knows AWS::CDK::Metadata,",
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
    writeAssembly({ Parameters: { DatabaseUrl: { Default: 'x' } }, ...template });
    expect(() => planStack(assemblyDir, {})).toThrow(message);
    expect(() => planStack(assemblyDir, {})).toThrow(/^[^\n]+$/);
  });

  it('refuses a folder without a template', () => {
    expect(() => planStack(assemblyDir, {})).toThrow('expected exactly one *.template.json, found none; run cdk synth');
  });
});
