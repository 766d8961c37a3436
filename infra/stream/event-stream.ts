import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stream, StreamEncryption } from 'aws-cdk-lib/aws-kinesis';
import { Construct } from 'constructs';
import type { Config } from '../config/config.ts';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';

/** Actions that a mapping needs and that the scheduled batch calls. */
export const READING: readonly string[] = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
];

/** The deployed stream, and the right to read it. With `benchmark` the right includes the streams of benchmark runs. */
export class EventStream extends Construct {
  readonly stream: Stream;
  /** Prefix of a benchmark run's stream; the run's id follows. */
  readonly runPrefix: string;
  /** ARNs of the streams that the paths may read. */
  readonly readable: string[];
  readonly #runs: string | null;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.stream = new Stream(this, 'Default', {
      streamName: `${config.name}-events`,
      shardCount: config.shards,
      retentionPeriod: Duration.hours(config.retention),
      encryption: StreamEncryption.MANAGED,
      // A rollback of the creation deletes the stream. Otherwise its name would be taken at the next deploy.
      removalPolicy: config.protect ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    this.runPrefix = `${config.name}-run-`;
    const runs = { service: 'kinesis', resource: 'stream', resourceName: `${this.runPrefix}*` };
    this.#runs = config.benchmark ? Stack.of(this).formatArn(runs) : null;
    this.readable = [this.stream.streamArn, ...(this.#runs === null ? [] : [this.#runs])];
  }

  /** @param reader construct whose function's role gets the permission */
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
