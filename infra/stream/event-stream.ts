import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stream, StreamEncryption } from 'aws-cdk-lib/aws-kinesis';
import { Construct } from 'constructs';
import type { Config } from '../config/config.ts';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';

/** What a mapping asks for, and what the scheduled batch calls. */
export const READING: readonly string[] = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
];

/** The stream that is deployed, and the right to read it and, where benchmarks may run, the streams of their runs. */
export class EventStream extends Construct {
  readonly stream: Stream;
  /** A benchmark run's stream is named by this and the run's id. */
  readonly runPrefix: string;
  /** ARNs of what the paths may read. */
  readonly readable: string[];
  readonly #runs: string | null;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.stream = new Stream(this, 'Default', {
      streamName: `${config.name}-events`,
      shardCount: config.shards,
      retentionPeriod: Duration.hours(config.retention),
      encryption: StreamEncryption.MANAGED,
      // Not retained where its creation is rolled back: the name would be taken when the deploy is run again.
      removalPolicy: config.protect ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    this.runPrefix = `${config.name}-run-`;
    const runs = { service: 'kinesis', resource: 'stream', resourceName: `${this.runPrefix}*` };
    this.#runs = config.benchmark ? Stack.of(this).formatArn(runs) : null;
    this.readable = [this.stream.streamArn, ...(this.#runs === null ? [] : [this.#runs])];
  }

  /** @param reader whose role gets it */
  allowReading(reader: Construct): PolicyStatement {
    if (this.#runs !== null) {
      acknowledgeWildcard(
        reader,
        this.#runs,
        'With benchmark=true only: the streams of runs are named when they begin.',
      );
    }
    return new PolicyStatement({ actions: [...READING], resources: this.readable });
  }

  allowListingShards(): PolicyStatement {
    return new PolicyStatement({ actions: ['kinesis:ListShards'], resources: [this.stream.streamArn] });
  }
}
