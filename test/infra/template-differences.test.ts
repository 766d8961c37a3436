import { describe, expect, it } from 'vitest';
import { BY_SECRET, BY_URL, resourcesOf, templateOf, textOf } from '../support/templates.ts';

const templates = { aurora: templateOf(), secret: templateOf(BY_SECRET), url: templateOf(BY_URL) };

/** Resources that only the first template has, as `AWS::RDS::DBCluster AuroraCluster`. */
function onlyIn(first: keyof typeof templates, second: keyof typeof templates): string[] {
  const others = resourcesOf(templates[second]);
  return Object.entries(resourcesOf(templates[first]))
    .filter(([id, { Type }]) => others[id]?.Type !== Type)
    .map(([id, { Type }]) => `${Type} ${id}`)
    .sort();
}

/** Properties with different values in both templates, as `Results: VpcConfig`; environment variables are listed one by one. */
function differences(first: keyof typeof templates, second: keyof typeof templates): string[] {
  const others = resourcesOf(templates[second]);
  return Object.entries(resourcesOf(templates[first])).flatMap(([id, { Properties }]) => {
    const left = flatten(Properties);
    const right = flatten(others[id]?.Properties ?? Properties);
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return names.filter((name) => spell(left[name]) !== spell(right[name])).map((name) => `${id}: ${name}`);
  });
}

/** Text of a value. Account and region are filled in, because a template for emulators holds them as text. */
function spell(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && /^(Ref|Fn::(GetAtt|Join|Sub))$/.test(Object.keys(part).join())
      ? textOf(part)
      : part,
  )
    ?.replaceAll('<AWS::AccountId>', '000000000000')
    .replaceAll('<AWS::Region>', 'us-east-1')
    .replaceAll('<AWS::Partition>', 'aws');
}

function flatten({ Environment, ...properties }: Record<string, unknown> = {}): Record<string, unknown> {
  const variables = Object.entries((Environment as { Variables: object } | undefined)?.Variables ?? {});
  return { ...properties, ...Object.fromEntries(variables.map(([name, value]) => [`$${name}`, value])) };
}

/** Alarms on metric math, which emulators refuse. */
const NOT_ON_EMULATORS = [
  'AWS::CloudWatch::Alarm Alarmspagemicrobatchstopped',
  'AWS::CloudWatch::Alarm Alarmswarningpathsdrifting',
];
const FUNCTIONS = ['MicroBatchFunction', 'ScheduledBatchFunction', 'Results', 'Schema'];
const ROLES = FUNCTIONS.map((id) => `${id}Role`);
const HOST = ['$DATABASE_HOST', '$DATABASE_NAME', '$DATABASE_PORT', '$DATABASE_USER'];

describe('a template with Aurora and one with an external database', () => {
  it('differ only in the network, the database and its alarm, which Aurora adds', () => {
    const network = (type: string, id: string) => `AWS::EC2::${type} AuroraNetwork${id}`;
    for (const [external, missing] of [
      ['secret', []],
      ['url', NOT_ON_EMULATORS],
    ] as const) {
      expect(onlyIn('aurora', external)).toEqual(
        [
          ...missing,
          network('VPC', 'Vpc'),
          ...['1', '2'].flatMap((zone) => [
            network('Subnet', `VpcIsolatedSubnet${zone}Subnet`),
            network('RouteTable', `VpcIsolatedSubnet${zone}RouteTable`),
            network('SubnetRouteTableAssociation', `VpcIsolatedSubnet${zone}RouteTableAssociation`),
          ]),
          network('SecurityGroup', 'Functions'),
          network('SecurityGroup', 'Database'),
          network('SecurityGroup', 'Kinesis'),
          expect.stringMatching(
            /^AWS::EC2::SecurityGroupIngress AuroraNetworkDatabasefromTidemarkAuroraNetworkFunctions/,
          ),
          expect.stringMatching(
            /^AWS::EC2::SecurityGroupIngress AuroraNetworkKinesisfromTidemarkAuroraNetworkFunctions/,
          ),
          network('VPCEndpoint', 'KinesisEndpoint'),
          'AWS::CloudWatch::Alarm Alarmswarningdatabaseatmaximum',
          'AWS::RDS::DBCluster AuroraCluster',
          'AWS::RDS::DBClusterParameterGroup AuroraParameters',
          'AWS::RDS::DBInstance AuroraWriter',
          'AWS::RDS::DBSubnetGroup AuroraSubnets',
        ].sort(byText),
      );
      expect(onlyIn(external, 'aurora')).toEqual([]);
    }
  });

  it('have functions that differ in network and login, and roles that differ in the permissions for both', () => {
    expect(differences('aurora', 'secret').sort()).toEqual(
      [
        ...FUNCTIONS.flatMap((id) => ['VpcConfig', ...HOST, '$DATABASE_SECRET'].map((name) => `${id}: ${name}`)),
        'Results: $DATABASE_ROLES',
        'Schema: $DATABASE_ROLES',
        ...ROLES.map((id) => `${id}: Policies`),
        'Dashboard: DashboardBody', // it shows one more alarm
      ].sort(),
    );
    expect(outputsOf('aurora')).toEqual({ ...outputsOf('secret'), Database: { Value: 'aurora' } });
  });
});

describe('a template for emulators and one with a secret', () => {
  it('have the same resources except for two alarms; the one for emulators has two more parameters', () => {
    expect(onlyIn('url', 'secret')).toEqual([]);
    expect(onlyIn('secret', 'url')).toEqual(NOT_ON_EMULATORS);
    expect(Object.keys(templates.secret.toJSON().Parameters)).toEqual(['BootstrapVersion']);
    expect(Object.keys(templates.url.toJSON().Parameters).sort()).toEqual([
      'BootstrapVersion',
      'DatabaseUrl',
      'DeployedRun',
    ]);
    expect(outputsOf('url')).toEqual(outputsOf('secret'));
  });

  it('have functions that differ in the login alone, and dashboards that differ in the alarms', () => {
    expect(differences('url', 'secret').sort()).toEqual(
      [
        ...FUNCTIONS.flatMap((id) =>
          ['$DATABASE_SECRET', '$DATABASE_URL', '$DEPLOYED_RUN'].map((name) => `${id}: ${name}`),
        ),
        ...ROLES.map((id) => `${id}: Policies`), // with a secret they may read it
        'Dashboard: DashboardBody', // it shows the existing alarms
      ].sort(),
    );
  });
});

function outputsOf(name: keyof typeof templates): Record<string, unknown> {
  return templates[name].toJSON().Outputs;
}

/** Sorts texts; an asymmetric matcher sorts by the start of its pattern. */
function byText(left: unknown, right: unknown): number {
  const text = (value: unknown) =>
    typeof value === 'string' ? value : String((value as { sample: RegExp }).sample.source).slice(1);
  return text(left) < text(right) ? -1 : 1;
}
