import { beforeAll, describe, expect, test } from 'vitest';
import { pictureEndings } from '../../infra/media-files.ts';
import { synthesiseTemplate } from './synthesised.ts';
import { grantsOf, resourcesOf, type Template } from './template.ts';

let dev: Template;
let prod: Template;

beforeAll(async () => {
  dev = await synthesiseTemplate({ stage: 'dev', validate: true });
  prod = await synthesiseTemplate({ stage: 'prod', validate: true });
});

describe('tables', () => {
  test('keep their logical ids, keys, expiry and stream', () => {
    expect(dev.Resources.Content?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    expect(dev.Resources.Views?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    expect(dev.Resources.Views?.Properties.StreamSpecification).toBeUndefined();
  });

  test.each(['Content', 'Views'])('%s outlives mistakes in prod and nothing in dev', (table) => {
    const protection = (template: Template) => {
      const { DeletionPolicy, UpdateReplacePolicy, Properties } = template.Resources[table] ?? {};
      const [{ DeletionProtectionEnabled, PointInTimeRecoverySpecification }] = Properties.Replicas;
      const { PointInTimeRecoveryEnabled } = PointInTimeRecoverySpecification;
      return { DeletionPolicy, UpdateReplacePolicy, DeletionProtectionEnabled, PointInTimeRecoveryEnabled };
    };

    expect(protection(prod)).toEqual({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      DeletionProtectionEnabled: true,
      PointInTimeRecoveryEnabled: true,
    });
    expect(protection(dev)).toEqual({
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      DeletionProtectionEnabled: false,
      PointInTimeRecoveryEnabled: false,
    });
  });
});

describe('the bucket of pictures', () => {
  const bucket = (template: Template) => template.Resources.Media;

  test('is closed to everybody, encrypted, and forgets what was uploaded and never became a picture', () => {
    for (const template of [dev, prod]) {
      const { Properties } = bucket(template) ?? {};
      expect(Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      });
      expect(Properties.LifecycleConfiguration.Rules).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ Prefix: 'uploads/', ExpirationInDays: 1, Status: 'Enabled' }),
          expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
        ]),
      );
    }
  });

  test('is kept in prod, with what was replaced, and goes with the stack in dev', () => {
    const keeping = (template: Template) => {
      const { DeletionPolicy, Properties } = bucket(template) ?? {};
      return [DeletionPolicy, Properties.VersioningConfiguration];
    };

    expect(keeping(prod)).toEqual(['Retain', { Status: 'Enabled' }]);
    expect(keeping(dev)).toEqual(['Delete', undefined]);
  });

  test('refuses what does not come over TLS, and in prod lets CloudFront alone read', () => {
    const statements = (template: Template) =>
      resourcesOf(template, 'AWS::S3::BucketPolicy').flatMap(
        ([, { Properties }]) => Properties.PolicyDocument.Statement,
      );

    for (const template of [dev, prod])
      expect(statements(template)).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Action: 's3:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      );
    expect(statements(prod).filter(({ Effect }: { Effect: string }) => Effect === 'Allow')).toMatchObject([
      { Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } },
    ]);
  });
});

describe('permissions', () => {
  const on = (resource: string, ...actions: string[]) =>
    actions.map((action) => `${resource} dynamodb:${action}`);
  const kept = (...actions: string[]) => on('Content', ...actions).map((grant) => `${grant} of FEED#*#*`);
  const rendering = [...on('Content', 'GetItem', 'Query'), ...kept('BatchGetItem', 'PutItem')];
  const announcing = [
    ...kept('BatchGetItem'),
    ...on('Content', 'UpdateItem', 'DeleteItem').map((grant) => `${grant} of DUE`),
  ];
  const storing = [
    ...on('Content', 'BatchGetItem', 'DeleteItem', 'PutItem', 'Query'),
    'Content dynamodb:UpdateItem of VERSION#*',
  ];
  const publishing = [...storing, ...on('Views', 'BatchGetItem', 'UpdateItem')];

  test.each([
    [
      'ReadSite',
      [
        ...rendering,
        'Content dynamodb:BatchGetItem of ARTICLE#*',
        'Content dynamodb:BatchGetItem of REDIRECTS',
        'Content dynamodb:PutItem of READ',
        'Content dynamodb:UpdateItem of SUBSCRIPTIONS',
        'Media/media/* s3:GetObject',
        ...on('Views', 'BatchGetItem', 'UpdateItem'),
      ],
    ],
    ['PublishArticle', [...publishing, ...on('Content', 'ConditionCheckItem')]],
    ['ImportContent', publishing],
    [
      'PullSources',
      [...storing, 'Content dynamodb:UpdateItem of SUBSCRIPTIONS', 'Media/uploads/* s3:PutObject'],
    ],
    [
      'Announce',
      [
        ...announcing,
        ...on('Content.StreamArn', 'DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'),
        'AnnounceFailures sqs:SendMessage',
      ],
    ],
    [
      'Sweep',
      [
        ...announcing,
        ...on('Content', 'GetItem', 'Query'),
        'Content dynamodb:PutItem of DIRECTORY',
        'Content dynamodb:BatchGetItem of ARTICLE#*',
        'Content dynamodb:PutItem of MOSTREAD',
        ...on('Content', 'PutItem', 'DeleteItem').map((grant) => `${grant} of CHANGED`),
        ...on('Views', 'BatchGetItem'),
      ],
    ],
    [
      'Media',
      [
        ...on('Content', 'DeleteItem', 'GetItem', 'PutItem', 'Query').map((grant) => `${grant} of MEDIA`),
        ...on('Content', 'GetItem', 'PutItem').map((grant) => `${grant} of PICTURES`),
        ...on('Content', 'DeleteItem', 'PutItem', 'Query').map((grant) => `${grant} of COPIES`),
        'Content dynamodb:PutItem of REPLACED',
        ...pictureEndings.map((ending) => `assets/*.${ending} s3:GetObject`),
        'Content dynamodb:Query of ARTICLES',
        ...['DeleteObject', 'PutObject'].map((action) => `Media/media/* s3:${action}`),
        ...['GetObject', 'PutObject'].map((action) => `Media/uploads/* s3:${action}`),
      ],
    ],
    ['Desk', []],
    [
      'RepairRows',
      on(
        'Content',
        'BatchGetItem',
        'ConditionCheckItem',
        'DeleteItem',
        'GetItem',
        'PutItem',
        'Query',
        'Scan',
      ),
    ],
  ])('%s may do this, write its own log, and nothing else', (construct, expected) => {
    const log = ['CreateLogStream', 'PutLogEvents'].map((action) => `${construct}Logs logs:${action}`);

    expect(grantsOf(dev, construct)).toEqual([...expected, ...log].sort());
  });

  test('name no resource and no action by a bare star', () => {
    const statements = [
      ...resourcesOf(dev, 'AWS::IAM::Policy'),
      ...resourcesOf(dev, 'AWS::IAM::Role'),
    ].flatMap(([, { Properties }]) =>
      [Properties, ...(Properties.Policies ?? [])].flatMap(
        ({ PolicyDocument }) => PolicyDocument?.Statement ?? [],
      ),
    );

    expect(statements.length).toBeGreaterThan(10);
    expect(statements.flatMap(({ Resource }) => Resource)).not.toContain('*');
    expect(statements.flatMap(({ Action }) => Action)).not.toContainEqual(expect.stringContaining('*'));
  });
});

describe('routes', () => {
  test('need a signature below /articles and /drafts, to change or list pictures, for a repair, /preview, /stats, /sources, /redirects, /settings, /import and nowhere else', () => {
    const routes = resourcesOf(dev, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
      Properties.RouteKey,
      Properties.AuthorizationType,
    ]);

    expect(Object.fromEntries(routes)).toEqual({
      'ANY /': 'NONE',
      'ANY /{proxy+}': 'NONE',
      'ANY /articles': 'AWS_IAM',
      'ANY /desk': 'NONE',
      'ANY /desk/{proxy+}': 'NONE',
      'ANY /articles/{proxy+}': 'AWS_IAM',
      'ANY /drafts': 'AWS_IAM',
      'ANY /drafts/{proxy+}': 'AWS_IAM',
      'ANY /import': 'AWS_IAM',
      'ANY /media': 'AWS_IAM',
      'ANY /preview': 'AWS_IAM',
      'ANY /repair': 'AWS_IAM',
      'ANY /redirects': 'AWS_IAM',
      'ANY /settings': 'AWS_IAM',
      'ANY /sources': 'AWS_IAM',
      'ANY /stats': 'AWS_IAM',
      'DELETE /media/{proxy+}': 'AWS_IAM',
      'PUT /drafts/media/{proxy+}': 'AWS_IAM',
      'PUT /media/{proxy+}': 'AWS_IAM',
    });
  });

  test('reach the function of their part with payload 2.0', () => {
    const handlers = resourcesOf(dev, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
      const integration = dev.Resources[Properties.Target['Fn::Join'][1][1].Ref]?.Properties;
      expect(integration.PayloadFormatVersion).toBe('2.0');
      return `${Properties.RouteKey} ${integration.IntegrationUri['Fn::GetAtt'][0].slice(0, -8)}`;
    });

    expect(handlers.sort()).toEqual([
      'ANY / ReadSiteFunction',
      'ANY /articles PublishArticleFunction',
      'ANY /articles/{proxy+} PublishArticleFunction',
      'ANY /desk DeskFunction',
      'ANY /desk/{proxy+} DeskFunction',
      'ANY /drafts PublishArticleFunction',
      'ANY /drafts/{proxy+} PublishArticleFunction',
      'ANY /import PublishArticleFunction',
      'ANY /media MediaFunction',
      'ANY /preview PublishArticleFunction',
      'ANY /redirects PublishArticleFunction',
      'ANY /repair RepairRowsFunction',
      'ANY /settings PublishArticleFunction',
      'ANY /sources PublishArticleFunction',
      'ANY /stats PublishArticleFunction',
      'ANY /{proxy+} ReadSiteFunction',
      'DELETE /media/{proxy+} MediaFunction',
      'PUT /drafts/media/{proxy+} MediaFunction',
      'PUT /media/{proxy+} MediaFunction',
    ]);
  });
});
