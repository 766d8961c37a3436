import { describe, expect, it } from 'vitest';
import { lineOf } from '../support/policies.ts';
import { BY_SECRET, BY_URL, resourceOf, resourcesOf, templateOf, textOf } from '../support/templates.ts';

const template = templateOf();

describe('the network', () => {
  it('has two isolated subnets in two zones, without gateway, public address or route', () => {
    const types = Object.values(resourcesOf(template)).map(({ Type }) => Type);
    expect(types.filter((type) => /Gateway|EIP$|::Route$|Peering|VPNConnection/.test(type))).toEqual([]);
    const subnets = Object.values(resourcesOf(template, 'AWS::EC2::Subnet')).map(({ Properties }) => Properties);
    expect(subnets.map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).toEqual([false, false]);
    expect(subnets.map(({ AvailabilityZone }) => JSON.stringify(AvailabilityZone))).toEqual([
      '{"Fn::Select":[0,{"Fn::GetAZs":""}]}',
      '{"Fn::Select":[1,{"Fn::GetAZs":""}]}',
    ]);
  });

  it('has two flows, from group to group: functions to the database, functions to Kinesis', () => {
    const group = (id: string) => resourceOf(template, 'AWS::EC2::SecurityGroup', `AuroraNetwork${id}`).Properties;
    expect(group('Functions').SecurityGroupEgress.map(flow)).toEqual([
      'tcp 5432–5432 <AuroraNetworkDatabase.GroupId>',
      'tcp 443–443 <AuroraNetworkKinesis.GroupId>',
    ]);
    const incoming = Object.values(resourcesOf(template, 'AWS::EC2::SecurityGroupIngress')).map(
      ({ Properties }) => `${textOf(Properties.GroupId)}: ${flow(Properties)}`,
    );
    expect(incoming.sort()).toEqual([
      '<AuroraNetworkDatabase.GroupId>: tcp 5432–5432 <AuroraNetworkFunctions.GroupId>',
      '<AuroraNetworkKinesis.GroupId>: tcp 443–443 <AuroraNetworkFunctions.GroupId>',
    ]);
    expect(resourcesOf(template, 'AWS::EC2::SecurityGroupEgress')).toEqual({});
    for (const id of ['Functions', 'Database', 'Kinesis']) expect(group(id)).not.toHaveProperty('SecurityGroupIngress');
    // The rule matches nothing. A group without rules would get one that allows everything.
    for (const id of ['Database', 'Kinesis']) {
      expect(group(id).SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
    }
  });

  it('holds all functions, and the default group holds none', () => {
    const functions = Object.values(resourcesOf(template, 'AWS::Lambda::Function'));
    const ours = functions.filter(({ Properties }) => Properties.FunctionName !== undefined);
    expect(ours).toHaveLength(4);
    for (const { Properties } of ours) {
      expect(Properties.VpcConfig.SecurityGroupIds.map(textOf)).toEqual(['<AuroraNetworkFunctions.GroupId>']);
      expect(Properties.VpcConfig.SubnetIds).toHaveLength(2);
    }
  });

  it.each([BY_SECRET, BY_URL])('is absent with an external database (%j)', (context) => {
    const types = Object.values(resourcesOf(templateOf(context))).map(({ Type }) => Type);
    expect(types.filter((type) => /^AWS::(EC2|RDS)/.test(type))).toEqual([]);
  });
});

describe('the endpoint', () => {
  const endpointOf = (context: Record<string, string> = {}) => {
    const [only, ...others] = Object.values(resourcesOf(templateOf(context), 'AWS::EC2::VPCEndpoint'));
    expect(others).toEqual([]);
    return only?.Properties;
  };

  it('is for Kinesis alone, and allows only to read streams of this stack', () => {
    const endpoint = endpointOf();
    expect(textOf(endpoint.ServiceName)).toBe('com.amazonaws.<AWS::Region>.kinesis-streams');
    expect(endpoint).toMatchObject({ VpcEndpointType: 'Interface', PrivateDnsEnabled: true });
    expect(endpoint.SecurityGroupIds.map(textOf)).toEqual(['<AuroraNetworkKinesis.GroupId>']);
    expect(endpoint.PolicyDocument.Statement.map(lineOf)).toEqual([
      '*: kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords kinesis:GetShardIterator ' +
        'kinesis:ListShards on <Stream.Arn>',
    ]);
  });

  it('is in both zones for the batch, and in one when only a deploy lists shards', () => {
    expect(endpointOf().SubnetIds).toHaveLength(2);
    expect(endpointOf({ paths: 'scheduled-batch' }).SubnetIds).toHaveLength(2);
    expect(endpointOf({ paths: 'micro-batch' }).SubnetIds).toHaveLength(1);
  });
});

function flow(rule: Record<string, unknown>): string {
  const peer = rule.DestinationSecurityGroupId ?? rule.SourceSecurityGroupId;
  return `${rule.IpProtocol} ${rule.FromPort}–${rule.ToPort} ${textOf(peer)}`;
}
