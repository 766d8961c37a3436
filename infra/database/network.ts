import { Validations } from 'aws-cdk-lib';
import {
  type CfnSecurityGroup,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  type ISubnet,
  type IVpc,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Config } from '../config/config.ts';
import { type EventStream, READING } from '../stream/event-stream.ts';

export const DATABASE_PORT = 5432;

/**
 * Isolated subnets: no gateway, no NAT, no route out. Functions reach the database and, through an endpoint, Kinesis.
 * Nothing reaches the functions.
 */
export class Network extends Construct {
  readonly vpc: IVpc;
  /** Subnets in two zones, as Aurora requires. */
  readonly subnets: ISubnet[];
  readonly functions: SecurityGroup;
  readonly database: SecurityGroup;

  constructor(scope: Construct, id: string, { config, events }: { config: Config; events: EventStream }) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.0.0.0/24'),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 26 }],
      // Nothing uses the default group. Emptying it would need a custom resource with rights on security groups.
      restrictDefaultSecurityGroup: false,
    });
    Validations.of(vpc).acknowledge({
      id: 'AwsSolutions-VPC7',
      reason:
        'Two flows are allowed, both between groups of this stack, and no route leads out: a flow log shows no more.',
    });
    this.vpc = vpc as IVpc;
    this.subnets = vpc.isolatedSubnets;

    this.database = this.#group('Database', 'Database: from the functions');
    const kinesis = this.#group('Kinesis', 'Kinesis endpoint: from the functions');
    this.functions = this.#group('Functions', 'Functions: to the database and to Kinesis');
    this.#allow(this.functions, [
      { to: this.database, port: DATABASE_PORT },
      { to: kinesis, port: 443 },
    ]);
    const endpoint = new InterfaceVpcEndpoint(this, 'KinesisEndpoint', {
      vpc: this.vpc,
      service: InterfaceVpcEndpointAwsService.KINESIS_STREAMS,
      // Every zone costs by the hour. The mapping does not use the endpoint; looks at silent shards can cross zones.
      subnets: { subnets: config.paths === 'micro-batch' ? this.subnets.slice(0, 1) : this.subnets },
      securityGroups: [kinesis],
      open: false,
    });
    endpoint.addToPolicy(
      new PolicyStatement({ principals: [new AnyPrincipal()], actions: [...READING], resources: events.readable }),
    );
  }

  #group(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false });
  }

  #allow(from: SecurityGroup, flows: { to: SecurityGroup; port: number }[]): void {
    for (const { to, port } of flows) to.addIngressRule(from, Port.tcp(port));
    // The rules are part of the group. A group without its own rules would get a rule that allows everything.
    (from.node.defaultChild as CfnSecurityGroup).securityGroupEgress = flows.map(({ to, port }) => ({
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      destinationSecurityGroupId: to.securityGroupId,
    }));
  }
}
