import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readyAssembly } from '#bench/targets/assembly.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { metricLine } from '#functions/metrics.ts';
import { standingUses } from '#model/cost/stack-uses.ts';
import { type Deployment, defaultDeployment, PATHS_CHOICES, type Paths } from '#model/deployment.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import { STANDARD } from '#model/parameters.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';
import { buildCostReport } from '#report/cost/cost-report.ts';
import { planRun } from '#report/cost/plan-run.ts';
import { renderCostReport } from '#report/cost/render-cost-report.ts';
import { estimateRunCost, RESULTS_MEMORY_MB, renderRunCost } from '#report/cost/run-cost.ts';

const DOCUMENT = readFileSync(new URL('../../../docs/cost.md', import.meta.url), 'utf8');
const PACKAGE = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  scripts: Record<string, string>;
};

const SYNTHESIS_MS = 120_000;

describe('docs/cost.md', () => {
  const blocks = [...DOCUMENT.matchAll(/^```text\n(.*?)\n```$/gms)].map(([, text]) => text);

  it('shows what `npm run monthly-cost` prints today: paste its output there if this fails', () => {
    expect(blocks[0]).toBe(
      renderCostReport(buildCostReport(STANDARD_MODEL, GENERATED_LOAD, defaultDeployment('both'))),
    );
  });

  it('shows what the default benchmark run says before it starts on AWS', () => {
    const options = parseOptions([]);
    if (options === null) throw new Error('expected options');
    expect(blocks[1]).toBe(renderRunCost(estimateRunCost(STANDARD_MODEL, planRun(options, { database: 'aurora' }))));
    expect(blocks).toHaveLength(2);
  });

  it('names a command that exists', () => {
    expect(DOCUMENT).toContain('npm run monthly-cost');
    expect(PACKAGE.scripts['monthly-cost']).toContain('scripts/monthly-cost.ts');
  });
});

type Resource = { Type: string; Properties?: Record<string, unknown> };

/** Resource types with a price. Those in FREE cost nothing; S3 and SQS cost nothing until something fails. */
const PRICED = [
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::VPCEndpoint',
  'AWS::Events::Rule',
  'AWS::Kinesis::Stream',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Scheduler::Schedule',
];
const FREE =
  /^AWS::(CDK::Metadata|EC2::(VPC|Subnet|RouteTable|SubnetRouteTableAssociation|SecurityGroup\w*)|IAM::\w+|Lambda::(EventInvokeConfig|EventSourceMapping|Permission|Version)|RDS::DB(SubnetGroup|ClusterParameterGroup)|S3::Bucket(Policy)?|SQS::Queue(Policy)?)$|^Custom::Trigger$/;

async function synthesize(context: Record<string, string>): Promise<Resource[]> {
  const folder = await readyAssembly(context);
  const template = readFileSync(join(folder, 'Tidemark.template.json'), 'utf8');
  return Object.values((JSON.parse(template) as { Resources: Record<string, Resource> }).Resources);
}

function propertiesAmong(resources: readonly Resource[], type: string): Record<string, unknown>[] {
  return resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties ?? {});
}

function countAlarmMetrics(resources: readonly Resource[]): number {
  return propertiesAmong(resources, 'AWS::CloudWatch::Alarm').reduce((sum, { Metrics }) => {
    if (!Array.isArray(Metrics)) return sum + 1;
    return sum + (Metrics as { MetricStat?: unknown }[]).filter(({ MetricStat }) => MetricStat !== undefined).length;
  }, 0);
}

const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:tidemark/database-AbCdEf';

describe.each([...PATHS_CHOICES])('the stack that is priced with a database elsewhere, paths=%s', (paths: Paths) => {
  let resources: Resource[];
  const deployment: Deployment = { ...defaultDeployment(paths), regime: 'shared' };

  beforeAll(async () => {
    resources = await synthesize({ paths, database: 'external', databaseSecret: SECRET });
  }, SYNTHESIS_MS);

  it('has no network, no database, and an alarm on neither', () => {
    const priced = standingUses({ parameters: STANDARD, deployment });
    const quantityOf = (id: string) => priced.find((use) => use.id === id)?.quantity;
    expect(resources.filter(({ Type }) => /^AWS::(EC2|RDS)::/.test(Type))).toEqual([]);
    expect(
      propertiesAmong(resources, 'AWS::Lambda::Function').filter(({ VpcConfig }) => VpcConfig !== undefined),
    ).toEqual([]);
    expect(quantityOf('endpoint-zones')).toBe(0);
    expect(quantityOf('alarms')).toBe(countAlarmMetrics(resources));
    expect(quantityOf('dashboard')).toBe(propertiesAmong(resources, 'AWS::CloudWatch::Dashboard').length);
  });

  it('has one secret, which each function reads', () => {
    const secrets = propertiesAmong(resources, 'AWS::Lambda::Function').flatMap(({ Environment }) => {
      const secret = (Environment as { Variables?: Record<string, string> } | undefined)?.Variables?.DATABASE_SECRET;
      return secret === undefined ? [] : [secret];
    });
    expect(new Set(secrets)).toEqual(new Set([SECRET]));
    expect(standingUses({ parameters: STANDARD, deployment }).find(({ id }) => id === 'secret')?.quantity).toBe(1);
  });
});

describe.each([...PATHS_CHOICES])('the stack that is priced, paths=%s', (paths: Paths) => {
  let resources: Resource[];
  const priced = defaultDeployment(paths);

  beforeAll(async () => {
    resources = await synthesize({ paths });
  }, SYNTHESIS_MS);

  const propertiesOf = (type: string) => propertiesAmong(resources, type);

  it('has nothing whose price is not known', () => {
    const unknown = resources.map(({ Type }) => Type).filter((type) => !PRICED.includes(type) && !FREE.test(type));
    expect(unknown).toEqual([]);
  });

  it('has as many alarm metrics, dashboards and endpoint zones', () => {
    const [endpoint, ...others] = propertiesOf('AWS::EC2::VPCEndpoint');
    expect({
      alarmMetrics: countAlarmMetrics(resources),
      dashboards: propertiesOf('AWS::CloudWatch::Dashboard').length,
      endpointZones: (endpoint?.SubnetIds as unknown[] | undefined)?.length,
    }).toEqual({
      alarmMetrics: priced.alarmMetrics,
      dashboards: priced.dashboards,
      endpointZones: priced.endpointZones,
    });
    expect(others).toEqual([]);
  });

  it('emits as many metrics of its own', () => {
    const line = metricLine({
      stack: 'Tidemark',
      path: 'microBatch',
      committedMs: 1,
      events: 1,
      rowsWritten: 1,
      quarantinedLines: 0,
      pathWatermarkMs: 0,
    });
    const [directive] = (JSON.parse(line) as { _aws: { CloudWatchMetrics: { Metrics: unknown[] }[] } })._aws
      .CloudWatchMetrics;
    expect(priced.customMetrics).toBe((directive?.Metrics.length ?? 0) * (paths === 'both' ? 2 : 1));
  });

  it('has one database that pauses as soon, is kept as long, and one stream as wide', () => {
    const [cluster] = propertiesOf('AWS::RDS::DBCluster');
    const [stream] = propertiesOf('AWS::Kinesis::Stream');
    expect(cluster).toMatchObject({
      BackupRetentionPeriod: priced.backupDays,
      ServerlessV2ScalingConfiguration: { MinCapacity: 0, SecondsUntilAutoPause: priced.autoPauseSeconds },
    });
    expect(propertiesOf('AWS::RDS::DBInstance')).toHaveLength(1);
    expect(stream).toMatchObject({ ShardCount: priced.shards, RetentionPeriodHours: priced.retentionHours });
    expect(propertiesOf('AWS::EC2::Subnet')).toHaveLength(priced.functionZones);
  });

  it('reads the results of a benchmark with as much memory', () => {
    const results = propertiesOf('AWS::Lambda::Function').filter(({ FunctionName }) =>
      String(FunctionName).endsWith('-results'),
    );
    expect(results.map(({ MemorySize }) => MemorySize)).toEqual([RESULTS_MEMORY_MB]);
  });

  it('counts with as much memory, on arm64', () => {
    const counting = propertiesOf('AWS::Lambda::Function').filter(({ FunctionName }) =>
      /-(micro|scheduled)-batch$/.test(String(FunctionName)),
    );
    expect(counting).toHaveLength(paths === 'both' ? 2 : 1);
    for (const each of counting) expect(each).toMatchObject({ MemorySize: priced.memoryMb, Architectures: ['arm64'] });
  });
});
