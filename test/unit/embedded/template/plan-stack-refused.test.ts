import { describe, expect, it } from 'vitest';
import { planStack } from '#localstack/embedded/template/plan-stack.ts';
import { assemblyFolder, FUNCTION, RESOURCES } from './assembly-folder.ts';

const folder = assemblyFolder();

describe('planStack', () => {
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
