import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { describe, expect, it, vi } from 'vitest';
import { appOf, BY_SECRET, BY_URL, stackOf } from '../support/templates.ts';

type ValidationReport = {
  pluginReports: { pluginName: string; violations: { ruleName: string; violatingConstructs: Violation[] }[] }[];
};
type Violation = { constructPath: string };

/** Findings of the rules of AwsSolutions in a stack, with the construct: `AwsSolutions-S1 at Tidemark/Open/Resource`. */
function findingsIn(context: Record<string, string>, change: (stack: Stack) => void = () => undefined): string[] {
  const app = appOf(context);
  change(stackOf(app));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    app.synth();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ValidationFailed')) throw error;
  } finally {
    printed.mockRestore();
  }
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as ValidationReport;
  const ofRules = report.pluginReports.filter(({ pluginName }) => pluginName === 'AwsSolutions');
  return ofRules.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    ),
  );
}

type Acknowledgement = { rule: string; path: string; reason: string };

/** Rules that a construct has acknowledged. */
function acknowledgementsOf({ node }: IConstruct): Acknowledgement[] {
  return node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Record<string, string>))
    .map(([id, reason]) => ({ rule: id.replace(/^annotation::/i, ''), path: node.path, reason }))
    .filter(({ rule }) => rule.startsWith('AwsSolutions-'));
}

const STACKS: [string, Record<string, string>][] = [
  ['an Aurora of its own', {}],
  ['an Aurora for a trial, with benchmarks', { protect: 'false', benchmark: 'true' }],
  ['micro-batch alone', { paths: 'micro-batch' }],
  ['scheduled-batch alone', { paths: 'scheduled-batch' }],
  ['a database by a secret', BY_SECRET],
  ['an emulator', { ...BY_URL, benchmark: 'true', protect: 'false' }],
];

describe('the rules of AwsSolutions', () => {
  it.each(STACKS)('find only what is acknowledged with a reason: %s', (_, context) => {
    expect(findingsIn(context)).toEqual([]);
  });

  it.each(STACKS)('find everything that is acknowledged: %s', (_, context) => {
    const app = appOf(context);
    const acknowledged = app.node.findAll().flatMap(acknowledgementsOf);
    const checks = new AwsSolutionsChecks(app);
    Object.defineProperty(checks, 'isAcknowledged', { value: () => false });
    const found = checks
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath })),
      );
    expect(acknowledged).not.toEqual([]);
    const needless = acknowledged.filter(
      ({ rule, path }) => !found.some((finding) => finding.rule === rule && `${finding.path}/`.startsWith(`${path}/`)),
    );
    expect(needless).toEqual([]);
    for (const { reason } of acknowledged) expect(reason.length).toBeGreaterThan(20);
  });

  it.each([
    ['an Aurora of its own', {}],
    ['an emulator', { ...BY_URL, benchmark: 'true', protect: 'false' }],
  ])('would find what is not acknowledged: %s', (_, context) => {
    const findings = findingsIn(context, (stack) => {
      new Bucket(stack, 'Open');
      const role = new Role(stack, 'Mighty', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      role.addToPolicy(new PolicyStatement({ actions: ['kinesis:*'], resources: ['*'] }));
      new CfnDBCluster(stack, 'Plain', { engine: 'aurora-postgresql', storageEncrypted: false });
    });
    expect(findings).toEqual(
      expect.arrayContaining([
        'AwsSolutions-S1 at Tidemark/Open/Resource',
        'AwsSolutions-S10 at Tidemark/Open/Resource',
        'AwsSolutions-IAM5[Action::kinesis:*] at Tidemark/Mighty/DefaultPolicy/Resource',
        'AwsSolutions-IAM5[Resource::*] at Tidemark/Mighty/DefaultPolicy/Resource',
        'AwsSolutions-RDS2 at Tidemark/Plain',
        'AwsSolutions-RDS6 at Tidemark/Plain',
      ]),
    );
    expect(findings.filter((finding) => !/ at Tidemark\/(Open|Mighty|Plain)/.test(finding))).toEqual([]);
  });
});
