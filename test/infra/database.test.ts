import { describe, expect, it } from 'vitest';
import { BY_SECRET, BY_URL, resourceOf, resourcesOf, templateOf, textOf } from '../support/templates.ts';

const clusterOf = (context: Record<string, string> = {}) =>
  resourceOf(templateOf(context), 'AWS::RDS::DBCluster', 'Aurora').Properties;

describe('the Aurora of the stack', () => {
  it('is encrypted, backed up for a week, and accepts only TLS and IAM logins, also from its master', () => {
    const cluster = clusterOf();
    expect(cluster).toMatchObject({
      Engine: 'aurora-postgresql',
      EngineVersion: '18.6',
      DatabaseName: 'tidemark',
      Port: 5432,
      MasterUsername: 'tidemark_owner',
      MasterUserAuthenticationType: 'iam-db-auth',
      EnableIAMDatabaseAuthentication: true,
      StorageEncrypted: true,
      BackupRetentionPeriod: 7,
      EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
      CopyTagsToSnapshot: true,
    });
    expect(cluster.VpcSecurityGroupIds.map(textOf)).toEqual(['<AuroraNetworkDatabase.GroupId>']);
    const parameters = resourceOf(templateOf(), 'AWS::RDS::DBClusterParameterGroup', 'Aurora').Properties;
    expect(parameters).toMatchObject({ Family: 'aurora-postgresql18', Parameters: { 'rds.force_ssl': '1' } });
    expect(textOf(cluster.DBClusterParameterGroupName)).toBe('<AuroraParameters>');
  });

  it('pauses without connections, and grows to the configured maximum', () => {
    expect(clusterOf().ServerlessV2ScalingConfiguration).toEqual({
      MinCapacity: 0,
      MaxCapacity: 8,
      SecondsUntilAutoPause: 300,
    });
    expect(clusterOf({ maxAcu: '32', autoPause: '3600' }).ServerlessV2ScalingConfiguration).toEqual({
      MinCapacity: 0,
      MaxCapacity: 32,
      SecondsUntilAutoPause: 3600,
    });
  });

  it('has one instance, without a public address, in the isolated subnets', () => {
    const instances = Object.values(resourcesOf(templateOf(), 'AWS::RDS::DBInstance')).map(
      ({ Properties }) => Properties,
    );
    expect(instances).toEqual([
      {
        DBClusterIdentifier: { Ref: expect.stringMatching(/^AuroraCluster/) },
        DBInstanceClass: 'db.serverless',
        Engine: 'aurora-postgresql',
        PubliclyAccessible: false,
        AutoMinorVersionUpgrade: false,
      },
    ]);
    const subnets = resourceOf(templateOf(), 'AWS::RDS::DBSubnetGroup', 'Aurora').Properties.SubnetIds.map(textOf);
    expect(subnets).toEqual(['<AuroraNetworkVpcIsolatedSubnet1Subnet>', '<AuroraNetworkVpcIsolatedSubnet2Subnet>']);
  });
});

describe('a template for AWS', () => {
  it.each([{}, { benchmark: 'true', protect: 'false' }, { paths: 'micro-batch' }, BY_SECRET])(
    'holds no secret, no password and no parameter for one (%j)',
    (context) => {
      const template = templateOf(context).toJSON();
      const types = Object.values(resourcesOf(templateOf(context))).map(({ Type }) => Type);
      expect(types.filter((type) => type.startsWith('AWS::SecretsManager'))).toEqual([]);
      expect(Object.keys(template.Parameters)).toEqual(['BootstrapVersion']);
      const text = JSON.stringify(template);
      expect(text).not.toMatch(/password/i);
      expect(text).not.toMatch(/NoEcho|resolve:secretsmanager|resolve:ssm-secure|postgres(ql)?:\/\//);
    },
  );
});

describe('a template for emulators', () => {
  it("takes the database's address as a parameter that is not shown and has no default", () => {
    const template = templateOf(BY_URL).toJSON();
    expect(template.Parameters.DatabaseUrl).toEqual({
      Type: 'String',
      NoEcho: true,
      Description: 'postgres://user:password@host:port/database',
    });
    const text = JSON.stringify({ ...template, Parameters: undefined });
    expect(text).not.toMatch(/postgres(ql)?:\/\/|password/i);
  });
});
