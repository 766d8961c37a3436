import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Config } from '../config/config.ts';
import { acknowledgeWildcard } from '../stream/acknowledge-wildcard.ts';

/** Bucket for batches that the mapping discards; each object holds the records. */
export class FailedBatches extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { protect }: Config) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Default', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: protect ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Lambda alone writes here, when it gives a batch up, and each object names its invocation; a log repeats that.',
    });
  }

  /**
   * Permissions that Lambda needs to store a batch.
   *
   * @param writer construct of the function whose role gets them, the mapping's
   */
  allowStoring(writer: Construct): PolicyStatement[] {
    const objects = this.bucket.arnForObjects('*');
    acknowledgeWildcard(writer, objects, 'Lambda chooses the keys of the objects in this one bucket.');
    return [
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }),
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [objects] }),
    ];
  }
}
