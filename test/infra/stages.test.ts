import { describe, expect, test } from 'vitest';
import { InvalidStageError, requireStage, type Stage } from '../../infra/stages.ts';
import { everything, templateOf } from './empty-stack.ts';
import { requireOnly, resourcesOf, type Template } from './template.ts';

const { domain, caps } = everything;

describe('settings', () => {
  test('are right in every stage there is', () => {
    expect([requireStage('dev'), requireStage('prod'), requireStage(everything)]).toHaveLength(3);
  });

  // A stage is written by hand and run without the compiler.
  test.each<[string, object, string]>([
    [
      'a domain without certificate',
      { domain: { ...domain, certificateArn: undefined } },
      'domain.certificateArn is needed: CloudFront has to prove the name',
    ],
    [
      'a certificate of another region',
      { domain: { ...domain, certificateArn: domain.certificateArn.replace('us-east-1', 'eu-west-1') } },
      'domain.certificateArn must be of a certificate in us-east-1',
    ],
    [
      'a domain outside its zone',
      { domain: { ...domain, name: 'news.example.org' } },
      'domain.name must be in the hosted zone',
    ],
    [
      'a domain that only ends like its zone',
      { domain: { ...domain, name: 'badexample.com' } },
      'domain.name must be in the hosted zone',
    ],
    [
      'an address instead of a host name',
      { domain: { ...domain, name: 'https://news.example.com' } },
      'domain.name must be a host name',
    ],
    [
      'a throttle of 0',
      { caps: { ...caps, requests: { perSecond: 0, burst: 1 } } },
      'caps.requests.perSecond must be at least 1',
    ],
    [
      'a table that nothing may be read from',
      { caps: { ...caps, content: { maxReadRequestUnits: 0, maxWriteRequestUnits: 5 } } },
      'caps.content.maxReadRequestUnits must be at least 1',
    ],
    [
      'caps below a single view',
      { caps: { ...caps, views: { maxReadRequestUnits: 1, maxWriteRequestUnits: 1 } } },
      'caps.views.maxWriteRequestUnits must be at least 2',
    ],
    ['an alarm address that is none', { alarmEmail: 'the backend' }, 'alarmEmail must be an e-mail address'],
    [
      'a time that CloudWatch does not know',
      { logRetentionDays: 10 },
      'logRetentionDays must be a number of days that CloudWatch knows',
    ],
    [
      'an account without its zeros',
      { env: { account: '1234', region: 'eu-central-1' } },
      'env.account must be 12 digits',
    ],
    [
      'half an environment',
      { env: { account: '123456789012' } },
      'env.region must be a region, such as eu-central-1',
    ],
    [
      "another table's stream",
      { restored: { content: { name: 'restored', streamArn: 'arn:aws:dynamodb:x:1:table/other/stream/1' } } },
      'restored.content.streamArn must be the ARN of its stream',
    ],
    [
      'no ARN for a stream',
      { restored: { content: { name: 'restored', streamArn: 'restored/stream/1' } } },
      'restored.content.streamArn must be the ARN of its stream',
    ],
    [
      'a plan for an edge that is not there',
      { edge: false, domain: undefined },
      'plan needs edge: true, or a domain',
    ],
    [
      'a plan that AWS does not sell',
      { plan: { ...everything.plan, tier: 'pro' } },
      'plan.tier must be FREE, PRO, BUSINESS or PREMIUM',
    ],
    [
      'a web ACL of a region',
      {
        plan: {
          ...everything.plan,
          webAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/a/b',
        },
      },
      'plan.webAclArn must be of a web ACL of the scope CloudFront, in us-east-1',
    ],
    ['room for no reader', { caps: { ...caps, concurrency: 0 } }, 'caps.concurrency must be at least 1'],
    ['a setting that is none', { alarmMail: 'desk@example.com' }, 'alarmMail is not a setting'],
    ['an edge left open', { edge: undefined }, 'edge must be true or false'],
  ])('refuses %s in one line', (_what, fault, expected) => {
    const stage = { ...everything, ...fault } as Stage;

    expect(() => requireStage(stage)).toThrow(new InvalidStageError(`Stage everything: ${expected}`));
  });

  test.each([
    ['xn--90ae.xn--p1ai', 'eusc-de-east-1'],
    ['news.xn--fiqs8s', 'ap-southeast-7'],
    ['example.museum', 'us-gov-west-1'],
  ])('take %s and %s', (name, region) => {
    const ofName = { ...domain, name: `news.${name}`, hostedZone: { ...domain.hostedZone, name } };
    const env = { account: '123456789012', region };

    expect(requireStage({ ...everything, domain: ofName, env }).env?.region).toBe(region);
  });

  test('lists all that is wrong, a line each', () => {
    const stage = {
      ...everything,
      alarmEmail: '',
      caps: { ...caps, requests: { perSecond: 1.5, burst: -1 } },
    };

    expect(() => requireStage(stage)).toThrow(
      new InvalidStageError(
        [
          'Stage everything: caps.requests.perSecond must be a whole number',
          'Stage everything: caps.requests.burst must be at least 1',
          'Stage everything: alarmEmail must be an e-mail address',
        ].join('\n'),
      ),
    );
  });

  test('name the stages there are when another is asked for', () => {
    expect(() => requireStage('Prod')).toThrow(
      new InvalidStageError('There is no stage "Prod"; use one of dev, prod'),
    );
  });
});

describe('a stage', () => {
  test('caps what each table and the API can cost', () => {
    const { Resources, ...template } = templateOf(everything);

    const capsOf = (table: string) => {
      const { Replicas, WriteOnDemandThroughputSettings } = Resources[table]?.Properties ?? {};
      return { ...Replicas[0].ReadOnDemandThroughputSettings, ...WriteOnDemandThroughputSettings };
    };
    expect(capsOf('Content')).toEqual({ MaxReadRequestUnits: 100, MaxWriteRequestUnits: 50 });
    expect(capsOf('Views')).toEqual({ MaxReadRequestUnits: 40, MaxWriteRequestUnits: 80 });
    const { DefaultRouteSettings } = requireOnly(
      { ...template, Resources },
      'AWS::ApiGatewayV2::Stage',
    ).Properties;
    expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 30 });
  });

  test('answers as many readers at once as it is told, and keeps nothing of the quota for others', () => {
    const kept = (template: Template) =>
      resourcesOf(template, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) =>
        Properties.ReservedConcurrentExecutions
          ? [[id.slice(0, -8), Properties.ReservedConcurrentExecutions]]
          : [],
      );

    expect(kept(templateOf(everything))).toEqual([['ReadSiteFunction', 50]]);
    expect(kept(templateOf(requireStage('prod')))).toEqual([]);
  });

  test('has CloudFront at a flat rate, with the web ACL that this wants, when it names a plan', () => {
    const template = templateOf(everything);
    const [[planned = ''] = []] = resourcesOf(template, 'AWS::CloudFront::Distribution');
    const { PlanFamily, PlanTier, ResourceArns } = requireOnly(
      template,
      'AWS::PricingPlanManager::Subscription',
    ).Properties;

    expect([PlanFamily, PlanTier]).toEqual(['CloudFront', 'PRO']);
    expect(JSON.stringify(ResourceArns[0])).toContain(`:distribution/",{"Ref":"${planned}"}`);
    expect(ResourceArns[1]).toBe(everything.plan.webAclArn);
    expect(template.Resources[planned]?.Properties.DistributionConfig.WebACLId).toBe(
      everything.plan.webAclArn,
    );
    expect(resourcesOf(templateOf(requireStage('prod')), 'AWS::PricingPlanManager::Subscription')).toEqual(
      [],
    );
  });

  test('lets editors through while readers use up what it lets through', () => {
    const template = templateOf(everything);
    const { Properties, DependsOn } = requireOnly(template, 'AWS::ApiGatewayV2::Stage');
    const signed = resourcesOf(template, 'AWS::ApiGatewayV2::Route').filter(
      ([, route]) => route.Properties.AuthorizationType === 'AWS_IAM',
    );

    const own = { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 100 };
    expect(Properties.RouteSettings).toEqual(
      Object.fromEntries(signed.map(([, route]) => [route.Properties.RouteKey, own])),
    );
    // API Gateway refuses a setting of a route that is not there yet.
    expect(DependsOn).toEqual(expect.arrayContaining(signed.map(([id]) => id)));
  });

  test('caps nothing unless told', () => {
    const template = templateOf(requireStage('dev'));

    expect(JSON.stringify(template)).not.toMatch(/Throughput|Throttling(Rate|Burst)/);
  });

  test('is bound to an account and region when it names them', () => {
    const bound = templateOf(everything);
    const free = templateOf(requireStage('prod'));

    const region = ({ Resources }: typeof bound) => Resources.Content?.Properties.Replicas[0].Region;
    expect([region(bound), region(free)]).toEqual(['eu-central-1', { Ref: 'AWS::Region' }]);
  });

  test('uses restored tables in place of its own, which it keeps', () => {
    const streamArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/content-restored/stream/2026';
    const restored = { content: { name: 'content-restored', streamArn }, views: { name: 'views-restored' } };
    const template = templateOf({ ...everything, restored });

    const functions = resourcesOf(template, 'AWS::Lambda::Function').filter(
      ([id]) => !id.startsWith('AWSCDK'),
    );
    for (const [, { Properties }] of functions)
      expect(Properties.Environment.Variables).toMatchObject({
        CONTENT_TABLE: 'content-restored',
        VIEWS_TABLE: 'views-restored',
      });
    const granted = JSON.stringify(resourcesOf(template, 'AWS::IAM::Policy'));
    expect(granted).toContain(':table/content-restored');
    expect(granted).not.toMatch(/\["(Content|Views)","(Stream)?Arn"\]/);
    expect(requireOnly(template, 'AWS::Lambda::EventSourceMapping').Properties.EventSourceArn).toBe(
      streamArn,
    );
    expect(Object.keys(template.Resources).filter((id) => id === 'Content' || id === 'Views')).toHaveLength(
      2,
    );
  });
});
