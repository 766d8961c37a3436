import { describe, expect, it } from 'vitest';
import { failureOf } from '#ops/localstack/cdk-failure.ts';

/** As cdk 2.1148.1 printed it; the folder shortened. */
const RESOURCE = `
Fail: creating CloudFormation changeset...
Fail: deploying... [1/1]
Fail | CREATE_FAILED | Custom::Trigger | Migration/Default/Default (Migration) Error: connect ECONNREFUSED 127.0.0.1:1
    at sr (/code/index.js:3:9514)
❌  Fail failed to deploy
‣ DeploymentError: Resource updates failed:
Fail/Migration/Default/Default  (Custom::Trigger Migration)
  Error: connect ECONNREFUSED 127.0.0.1:1
`;

const ENDPOINT = `
current credentials could not be used to assume 'arn:aws:iam::000000000000:role/cdk', but are for the right account. Proceeding anyway.
Fail: connect ECONNREFUSED 127.0.0.1:1
‣ Error: connect ECONNREFUSED 127.0.0.1:1
`;

const APP = `
/app/infra/config.ts:49
      throw new RangeError(\`Invalid context\`);
            ^

RangeError: Invalid context window '0': expected 1–86400 seconds; pass -c window=…
    at number (/app/infra/config.ts:49:13)

Node.js v20.20.2
node --import tsx infra/app.ts: Subprocess exited with error 1
`;

describe('why cdk failed', () => {
  it.each([
    ['a resource and its reason', RESOURCE, 'Migration/Default/Default: Error: connect ECONNREFUSED 127.0.0.1:1'],
    ['what it says of itself', ENDPOINT, 'Error: connect ECONNREFUSED 127.0.0.1:1'],
    ["the app's exception", APP, "Invalid context window '0': expected 1–86400 seconds; pass -c window=…"],
    ['its last line where none of these is there', 'one\ntwo\n', 'two'],
  ])('is %s', (_, output, expected) => {
    expect(failureOf(output)).toBe(expected);
  });

  it('is never empty', () => {
    expect(failureOf('\n')).toBe('it printed nothing');
  });
});
