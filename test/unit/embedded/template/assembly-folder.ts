import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export const FUNCTION = {
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

export const RESOURCES = {
  Events: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 2 } },
  Role: { Type: 'AWS::IAM::Role', Properties: {} },
  Counter: FUNCTION,
};

/** A folder for the output of cdk synth, new for each test of the file. */
export function assemblyFolder(): { path(): string; write(template: object): void } {
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'tidemark-plan-'));
  });
  afterEach(() => rmSync(path, { recursive: true }));
  return {
    path: () => path,
    write(template) {
      mkdirSync(join(path, 'asset.abc'));
      writeFileSync(join(path, 'Small.template.json'), JSON.stringify(template));
    },
  };
}
