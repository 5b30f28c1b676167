import { relative, resolve } from 'node:path';
import {
  App,
  type CfnResource,
  Duration,
  FileAssetPackaging,
  RemovalPolicy,
  Stack,
  Validations,
} from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { setting } from '../functions/runtime/environment.ts';
import { partitionOf } from '../functions/store/rows.ts';
import { grantKeys } from './grants.ts';
import { pictureEndings } from './media-files.ts';
import { boundProviderLogs, type FunctionSetup, NewsFunction, runEveryMinute } from './news-function.ts';
import type { PreparedPicture } from './prepared-content.ts';
import type { Stage } from './stages.ts';

/** Pictures, and for a day what was uploaded to become one. */
export class MediaBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const { keepsData } = stage;
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: keepsData,
      removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      // CloudFormation deletes no bucket that holds something.
      autoDeleteObjects: !keepsData,
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
    if (!keepsData) boundProviderLogs(this, 'Custom::S3AutoDeleteObjectsCustomResourceProvider', stage);
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

interface MediaProps extends FunctionSetup {
  pictures: PreparedPicture[];
  /** What must exist before they are stored. */
  after: Construct[];
}

/** The signed API of pictures, and what takes over those of content/media and of feeds: the only function that writes what readers are shown. */
export class Media extends Construct {
  readonly function: NewsFunction;

  constructor(scope: Construct, id: string, { pictures, after, ...setup }: MediaProps) {
    super(scope, id);
    const { media, tables } = setup;
    const timeout = Duration.minutes(14);
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'media',
      description: 'Stores pictures, in the sizes that screens ask for',
      // Of an import; a request has 29 seconds.
      timeout,
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
    const copies = ['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'];
    grantKeys(content, this.function, partitionOf('copy', {}), ...copies);
    // Which articles show a picture.
    grantKeys(content, this.function, partitionOf('listed', {}), 'dynamodb:Query');
    const state = ['dynamodb:GetItem', 'dynamodb:PutItem'];
    grantKeys(content, this.function, partitionOf('pictures', {}), ...state);
    this.bring(pictures);
    const trigger = new Trigger(this, 'Trigger', { handler: this.function, timeout, executeAfter: after });
    (trigger.node.findChild('Default').node.defaultChild as CfnResource).addPropertyOverride(
      'ServiceTimeout',
      Duration.minutes(15).toSeconds(),
    );
    runEveryMinute(this, this.function);
  }

  /** By CDK's own assets: each picture is one, and is uploaded once, however often the stage is deployed. */
  private bring(pictures: PreparedPicture[]): void {
    const { role } = this.function;
    const stack = Stack.of(this);
    for (const { file, key } of pictures)
      stack.synthesizer.addFileAsset({
        fileName: relative(App.of(this)?.outdir ?? '', resolve(file)),
        packaging: FileAssetPackaging.FILE,
        sourceHash: key.replace(/\..*/, ''),
      });
    // Where the code of the function itself comes from.
    const { s3Bucket = '' } = (this.function.node.defaultChild as CfnFunction)
      .code as CfnFunction.CodeProperty;
    this.function.addEnvironment(setting.assetsBucket, s3Bucket);
    this.function.addEnvironment(setting.assetsHost, `${s3Bucket}.s3.${stack.region}.${stack.urlSuffix}`);
    if (!role) throw new Error('A function of ours has a role');
    const resources = pictureEndings.map((ending) => `arn:${stack.partition}:s3:::${s3Bucket}/*.${ending}`);
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources }));
    // As the rule spells them.
    const named = (token: string) => {
      const value = stack.resolve(token);
      return typeof value === 'string'
        ? value
        : `<${value.Ref ?? value['Fn::Sub']}>`
            .replace(/^<(.*\$.*)>$/, '$1')
            .replaceAll(/\$\{(.*?)\}/g, '<$1>');
    };
    Validations.of(role).acknowledge(
      ...pictureEndings.map((ending) => ({
        id: `AwsSolutions-IAM5[Resource::arn:${named(stack.partition)}:s3:::${named(s3Bucket)}/*.${ending}]`,
        reason: 'The pictures of a deployment: their names are hashes of their content.',
      })),
    );
  }
}
