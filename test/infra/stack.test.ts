import { describe, expect, it } from 'vitest';
import { readDeployment } from '#functions/deployment.ts';
import packageJson from '../../package.json' with { type: 'json' };
import {
  appOf,
  BY_SECRET,
  BY_URL,
  type Resource,
  resourceOf,
  resourcesOf,
  SECRET,
  stackOf,
  templateOf,
  textOf,
} from '../support/templates.ts';

const OTHER = {
  name: 'Other',
  shards: '3',
  retention: '48',
  window: '420',
  bound: '7',
  latePolicy: 'drop',
  memory: '512',
};

/** Functions of the project, by their names without the stack's name. */
function functionsOf(context: Record<string, string> = {}): Record<string, Resource['Properties']> {
  const all = Object.values(resourcesOf(templateOf(context), 'AWS::Lambda::Function'));
  const ours = all.filter(({ Properties }) => Properties.FunctionName !== undefined);
  return Object.fromEntries(
    ours.map(({ Properties }) => [Properties.FunctionName.replace(/^[^-]+-/, ''), Properties] as const),
  );
}

/** Environment variables of a function; values that only the deploy knows are texts. */
function deploymentOf({ Environment }: Resource['Properties']) {
  const variables = Object.entries(Environment.Variables as Record<string, unknown>);
  return readDeployment(Object.fromEntries(variables.map(([name, value]) => [name, textOf(value)])));
}

describe('the stream', () => {
  it('is encrypted, provisioned, and keeps its records for a day', () => {
    expect(resourceOf(templateOf(), 'AWS::Kinesis::Stream', 'Stream').Properties).toMatchObject({
      Name: 'Tidemark-events',
      ShardCount: 1,
      RetentionPeriodHours: 24,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    });
  });

  it('has the configured shards and retention, and the name of the stack', () => {
    expect(resourceOf(templateOf(OTHER), 'AWS::Kinesis::Stream', 'Stream').Properties).toMatchObject({
      Name: 'Other-events',
      ShardCount: 3,
      RetentionPeriodHours: 48,
    });
  });
});

describe('the functions', () => {
  it('run on a current Node and arm64, and log JSON, platform reports among it, for a month', () => {
    const functions = functionsOf();
    expect(Object.keys(functions).sort()).toEqual(['micro-batch', 'results', 'scheduled-batch', 'schema']);
    for (const [name, properties] of Object.entries(functions)) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'INFO' },
      });
      expect(properties.Environment.Variables.NODE_OPTIONS).toBe('--enable-source-maps');
      const group = textOf(properties.LoggingConfig.LogGroup).slice(1, -1);
      const logs = resourceOf(templateOf(), 'AWS::Logs::LogGroup', group);
      expect(logs.Properties).toMatchObject({ LogGroupName: `/aws/lambda/Tidemark-${name}`, RetentionInDays: 30 });
      // A log group that stays would block the next deploy, which uses the same name.
      expect([logs.DeletionPolicy, logs.UpdateReplacePolicy]).toEqual(['Delete', 'Delete']);
    }
  });

  it('have time for a database that must wake up first', () => {
    for (const properties of Object.values(functionsOf())) expect(properties.Timeout).toBeGreaterThanOrEqual(90);
  });

  it('run the batch once at a time, and the micro-batches as many at once as there are shards', () => {
    const functions = functionsOf();
    expect(functions['scheduled-batch']).toMatchObject({ ReservedConcurrentExecutions: 1, Timeout: 900 });
    expect(functions['micro-batch']).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  it('get every setting that they read, in ranges that they accept', () => {
    const functions = functionsOf(OTHER);
    for (const properties of Object.values(functions)) {
      expect(deploymentOf(properties)).toMatchObject({
        stack: 'Other',
        stream: '<Stream>',
        runPrefix: 'Other-run-',
        deployedRun: null,
        paths: ['microBatch', 'scheduledBatch'],
        settings: { windowMs: 420_000, boundMs: 7_000, marginMs: 2_000, latePolicy: 'drop' },
        tickMs: 60_000,
      });
    }
    expect(functions['micro-batch']?.MemorySize).toBe(512);
    expect(functions['scheduled-batch']?.MemorySize).toBe(512);
  });

  it('log in to Aurora with one role each; those that create and grant roles know all but the owner', () => {
    const roles = {
      microBatch: 'tidemark_micro_batch',
      scheduledBatch: 'tidemark_scheduled_batch',
      results: 'tidemark_results',
    };
    const expected = {
      'micro-batch': ['tidemark_micro_batch', null],
      'scheduled-batch': ['tidemark_scheduled_batch', null],
      results: ['tidemark_results', roles],
      schema: ['tidemark_owner', roles],
    };
    for (const [name, properties] of Object.entries(functionsOf())) {
      const [user, known] = expected[name as keyof typeof expected];
      const { login, roles } = deploymentOf(properties);
      const host = '<AuroraCluster.Endpoint.Address>';
      expect(login).toEqual({ kind: 'iam', host, port: 5432, database: 'tidemark', user });
      expect(roles).toEqual(known);
    }
  });

  it.each([
    [BY_SECRET, { kind: 'secret', secretArn: SECRET }],
    [BY_URL, { kind: 'url', url: '<DatabaseUrl>' }],
  ])('log in to an external database with the given login, outside of any network (%j)', (context, login) => {
    for (const properties of Object.values(functionsOf(context))) {
      expect(deploymentOf(properties)).toMatchObject({ login, roles: null });
      expect(properties).not.toHaveProperty('VpcConfig');
    }
  });

  it.each([
    [{}, { benchmark: false, removable: false }],
    [
      { benchmark: 'true', protect: 'false' },
      { benchmark: true, removable: true },
    ],
  ])(
    'know whether runs may have schemas and whether all may be dropped, where they make them (%j)',
    (context, told) => {
      expect(deploymentOf(functionsOf(context).schema)).toMatchObject(told);
    },
  );
});

describe('the migration', () => {
  it('runs after everything that it needs, and before either path', () => {
    const resources = resourcesOf(templateOf());
    const after = resources.Migration?.DependsOn ?? [];
    for (const id of ['Stream', 'AuroraCluster', 'AuroraWriter', 'AuroraNetworkKinesisEndpoint']) {
      expect(after.some((dependency) => dependency.startsWith(id))).toBe(true);
    }
    const ofPaths = Object.entries(resources).filter(([id]) => /^(MicroBatch|ScheduledBatch)/.test(id));
    expect(ofPaths.length).toBeGreaterThan(10);
    for (const [id, { DependsOn }] of ofPaths)
      expect([id, DependsOn]).toEqual([id, expect.arrayContaining(['Migration'])]);
  });
});

describe('paths', () => {
  const outputs = (context: Record<string, string>) => templateOf(context).toJSON().Outputs;
  const ids = (context: Record<string, string>) => Object.keys(resourcesOf(templateOf(context)));

  it('are both deployed by default, with their names as outputs', () => {
    const values = Object.entries(outputs({})).map(([name, output]) => [
      name,
      textOf((output as { Value: unknown }).Value),
    ]);
    expect(Object.fromEntries(values)).toEqual({
      StreamName: '<Stream>',
      RunStreamPrefix: '',
      MicroBatchFunction: '<MicroBatchFunction>',
      MicroBatchMapping: '<MicroBatchMapping>',
      ScheduledBatchFunction: '<ScheduledBatchFunction>',
      ResultsFunction: '<Results>',
      SchemaFunction: '<Schema>',
      FailedBatches: '<MicroBatchFailedBatches>',
      Paths: 'both',
      Database: 'aurora',
      Version: packageJson.version,
    });
  });

  it.each([
    ['micro-batch', /^ScheduledBatch/, ['ScheduledBatchFunction']],
    ['scheduled-batch', /^MicroBatch/, ['FailedBatches', 'MicroBatchFunction', 'MicroBatchMapping']],
  ])('that are kept alone leave nothing of the other: %s', (paths, other, missing) => {
    expect(ids({ paths }).filter((id) => other.test(id))).toEqual([]);
    const both = Object.keys(outputs({}));
    expect(both.filter((name) => !Object.hasOwn(outputs({ paths }), name)).sort()).toEqual(missing);
    expect(outputs({ paths }).Paths.Value).toBe(paths);
    for (const properties of Object.values(functionsOf({ paths }))) {
      expect(properties.Environment.Variables.PATHS).toBe(paths);
    }
  });
});

describe('the account of the stack', () => {
  it.each([[{}], [BY_SECRET]])('follows the credentials (%j)', (context) => {
    expect(stackOf(appOf(context)).environment).toBe('aws://unknown-account/unknown-region');
  });

  it('is that of emulators with a plain database URL', () => {
    expect(stackOf(appOf(BY_URL)).environment).toMatch(/^aws:\/\/000000000000\/[a-z0-9-]+$/);
  });
});

describe('protect', () => {
  const policies = (protect: string): Record<string, [string, string]> => {
    const resources = resourcesOf(templateOf({ protect }));
    return Object.fromEntries(
      ['Stream', 'MicroBatchFailedBatches', 'AuroraCluster'].map((id) => [
        id,
        [resources[id]?.DeletionPolicy ?? '', resources[id]?.UpdateReplacePolicy ?? ''],
      ]),
    );
  };
  const isDeletable = (protect: string): boolean =>
    !resourceOf(templateOf({ protect }), 'AWS::RDS::DBCluster', 'Aurora').Properties.DeletionProtection;

  it('keeps stack, database and data by default; a failed first deploy is deleted, so that it can run again', () => {
    expect(stackOf(appOf()).terminationProtection).toBe(true);
    expect(isDeletable('true')).toBe(false);
    expect(policies('true')).toEqual({
      Stream: ['RetainExceptOnCreate', 'Retain'],
      MicroBatchFailedBatches: ['RetainExceptOnCreate', 'Retain'],
      AuroraCluster: ['Snapshot', 'Snapshot'],
    });
  });

  it('deletes everything with the stack of a trial', () => {
    expect(stackOf(appOf({ protect: 'false' })).terminationProtection).toBe(false);
    expect(isDeletable('false')).toBe(true);
    expect(policies('false')).toEqual({
      Stream: ['Delete', 'Delete'],
      MicroBatchFailedBatches: ['Delete', 'Delete'],
      AuroraCluster: ['Delete', 'Delete'],
    });
    const kept = Object.entries(resourcesOf(templateOf({ protect: 'false' }))).filter(([, { DeletionPolicy }]) =>
      /Retain|Snapshot/.test(DeletionPolicy ?? ''),
    );
    expect(kept).toEqual([]);
  });
});
