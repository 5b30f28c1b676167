import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { setting } from '../functions/runtime/environment.ts';
import { partitionOf } from '../functions/store/rows.ts';
import { grantKeys } from './grants.ts';
import { type FunctionSetup, NewsFunction } from './news-function.ts';
import type { Stage } from './stages.ts';

/** Pictures, and for a day what was uploaded to become one. */
export class MediaBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { keepsData }: Stage) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: keepsData,
      removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [
        {
          id: 'Uploads',
          prefix: 'uploads/',
          expiration: Duration.days(1),
          ...(keepsData && { noncurrentVersionExpiration: Duration.days(1) }),
        },
        { id: 'Abandoned', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...(keepsData ? [{ id: 'Former', noncurrentVersionExpiration: Duration.days(90) }] : []),
      ],
    });
    // If the logical id changed with the construct tree, a bucket that holds pictures would be left behind.
    (this.bucket.node.defaultChild as CfnBucket).overrideLogicalId('Media');
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'A log of every reader of a picture would hold addresses nobody asked for.',
    });
  }

  /** What a function needs to know to reach it. */
  get environment(): Record<string, string> {
    return {
      [setting.mediaBucket]: this.bucket.bucketName,
      [setting.mediaHost]: this.bucket.bucketRegionalDomainName,
    };
  }

  grant({ role }: NewsFunction, folder: 'media' | 'uploads', ...actions: string[]): void {
    if (!role) throw new Error('A function of ours has a role');
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions, resources: [this.bucket.arnForObjects(`${folder}/*`)] }),
    );
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<Media.Arn>/${folder}/*]`,
      reason: 'The names of pictures are not known before: every object of one folder.',
    });
  }
}

/** The signed API of pictures: the only one that writes to the bucket. */
export class Media extends Construct {
  readonly function: NewsFunction;

  constructor(scope: Construct, id: string, setup: FunctionSetup) {
    super(scope, id);
    const { media, tables } = setup;
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'media',
      description: 'Stores pictures, in the sizes that screens ask for',
      timeout: Duration.seconds(29),
      // One processor, which the codec keeps busy.
      memorySize: 1769,
      environment: media.environment,
    });
    media.grant(this.function, 'media', 's3:PutObject', 's3:DeleteObject');
    // Whoever signs an upload lends the right to it.
    media.grant(this.function, 'uploads', 's3:PutObject', 's3:GetObject');
    const { content } = tables;
    const rows = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'];
    grantKeys(content, this.function, partitionOf('picture', {}), ...rows);
    grantKeys(content, this.function, partitionOf('replaced', {}), 'dynamodb:PutItem');
    // Which articles show a picture.
    grantKeys(content, this.function, partitionOf('listed', {}), 'dynamodb:Query');
  }
}
