import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPackages } from '#localstack/ministack/python-packages.ts';
import { BY_SECRET, BY_URL, templateOf } from '../support/templates.ts';
import { timed } from './project-command.ts';

const REQUIREMENTS = fileURLToPath(new URL('cfn-lint.txt', import.meta.url));
const INSTALLATIONS = fileURLToPath(new URL('../../out/cfn-lint', import.meta.url));
/** What the command does: the command itself names the folder that it was installed in. */
const PROGRAM = 'import sys; from cfnlint.runner import main; sys.exit(main())';
/** aws-cdk-lib names a dependency twice, which does no harm. */
const IGNORED = 'W3005';

let python: string;
let folder: string;

beforeAll(async () => {
  const packages = { what: 'cfn-lint', otherwise: 'leave this test out', requirements: REQUIREMENTS };
  python = await timed('install cfn-lint', () => installPackages({ ...packages, folder: INSTALLATIONS }));
  folder = await mkdtemp(join(tmpdir(), 'tidemark-template-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What the schemas of AWS have against a template, one finding a line. */
async function findingsOn(template: object): Promise<{ status: number | null; findings: string }> {
  const file = join(folder, 'template.json');
  await writeFile(file, JSON.stringify(template));
  const regions = ['--regions', 'us-east-1', 'eu-central-1'];
  const options = ['--format', 'parseable', '--ignore-checks', IGNORED, ...regions, '--template', file];
  const { status, stdout, stderr } = spawnSync(python, ['-c', PROGRAM, ...options], { encoding: 'utf8' });
  return { status, findings: stdout + stderr };
}

describe('the resource schemas of AWS', () => {
  it.each<[string, Record<string, string>]>([
    ['with an Aurora of its own', {}],
    ['for a trial with benchmarks', { benchmark: 'true', protect: 'false' }],
    [
      'with a database by a secret, and alarms that notify',
      { ...BY_SECRET, alarmTopic: 'arn:aws:sns:us-east-1:123456789012:on-call' },
    ],
    ['of micro-batches alone', { paths: 'micro-batch', shards: '3', retention: '168' }],
    ['of a scheduled batch alone', { paths: 'scheduled-batch', window: '3600' }],
    ['for an emulator', BY_URL],
  ])('have nothing against the template %s', async (_, context) => {
    expect(await findingsOn(templateOf(context).toJSON())).toEqual({ status: 0, findings: '' });
  });

  it('find a property that there is not, and a value that is none', async () => {
    const template = templateOf().toJSON();
    const [stream] = Object.values<{ Type: string; Properties: Record<string, unknown> }>(template.Resources).filter(
      ({ Type }) => Type === 'AWS::Kinesis::Stream',
    );
    const properties = { ...stream?.Properties, Shards: 1, RetentionPeriodHours: 'a day' };
    const { status, findings } = await findingsOn({
      Resources: { Stream: { Type: 'AWS::Kinesis::Stream', Properties: properties } },
    });

    expect(status).not.toBe(0);
    expect(findings).toContain("'Shards' was unexpected");
    expect(findings).toContain("'a day' is not of type 'integer'");
  });
});
