import { describe, expect, test } from 'vitest';
import { oldFeedSeconds } from '../../infra/edge-caching.ts';
import { requireStage } from '../../infra/stages.ts';
import { everything, templateOf } from './empty-stack.ts';
import { requireOnly, requireResource, resourcesOf, type Template } from './template.ts';

const [dev, prod] = ['dev', 'prod'].map((name) => templateOf(requireStage(name))) as [Template, Template];
const named = templateOf(everything);

function distribution(template: Template) {
  return requireOnly(template, 'AWS::CloudFront::Distribution').Properties.DistributionConfig;
}

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation's own shape
type Behaviour = any;

/** What a viewer's path meets, as CloudFront chooses: the first pattern that fits, `*` standing for any text, `?` for any character. */
function behaviourFor(path: string): Behaviour {
  const { CacheBehaviors, DefaultCacheBehavior } = distribution(prod);
  const fits = ({ PathPattern }: { PathPattern: string }) => {
    const pattern = PathPattern.replace(/^\/?/, PathPattern.startsWith('*') ? '' : '/');
    return new RegExp(`^${pattern.replace(/[.]/g, '\\.').replaceAll('?', '.').replaceAll('*', '.*')}$`).test(
      path,
    );
  };
  return CacheBehaviors.find(fits) ?? DefaultCacheBehavior;
}

function cachingOf(behaviour: Behaviour) {
  return prod.Resources[behaviour.CachePolicyId.Ref]?.Properties.CachePolicyConfig;
}

function functionsOf({ FunctionAssociations = [] }: Behaviour): string[] {
  return FunctionAssociations.map(({ EventType, FunctionARN }: Behaviour) => {
    const { FunctionConfig, AutoPublish } = prod.Resources[FunctionARN['Fn::GetAtt'][0]]?.Properties ?? {};
    expect(AutoPublish).toBe(true);
    return `${EventType} ${FunctionConfig.Runtime}`;
  });
}

const none = { QueryStringBehavior: 'none' };
const before = { QueryStringBehavior: 'whitelist', QueryStrings: ['before'] };
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allButHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

describe('the edge', () => {
  test('is there when a stage has a domain or asks for it, and not otherwise', () => {
    const withDomain = templateOf({ ...everything, edge: false });

    const edges = [dev, prod, named, withDomain].map(
      (template) => resourcesOf(template, 'AWS::CloudFront::Distribution').length,
    );
    expect(edges).toEqual([0, 1, 1, 1]);
    expect(resourcesOf(dev, 'AWS::CloudFront::CachePolicy')).toEqual([]);
  });

  test.each([
    '/',
    '/news',
    '/news/harbour-opens',
    '/news/harbour-opens.json',
    '/news/sitemap',
    '/news/harbour-opens/views',
    '/category/trade',
    '/tag/rss-xml',
    '/archive',
    '/archive/2026-03',
    '/tag/port/archive/2026-03',
    '/articles/harbour-opens',
  ])('never answers %s for the API, not even joined with another request', (path) => {
    const behaviour = behaviourFor(path);

    expect(behaviour.CachePolicyId).toBe(cachingDisabled);
    expect(behaviour.OriginRequestPolicyId).toBe(allButHost);
    expect(behaviour.AllowedMethods).toContain('POST');
    // The whole Sec-Fetch-Dest tells whether a page is opened or fetched as a picture.
    expect(functionsOf(behaviour)).toEqual([]);
  });

  test.each([
    ['/rss.xml', 60, none],
    ['/tag/%E6%B8%AF%E5%8F%A3/atom.xml', 60, none],
    ['/tag/archive/atom.xml', 60, none],
    ['/feed.json', 60, before],
    ['/category/trade/feed.json', 60, before],
    ['/archive/2026-03/rss.xml', 86_400, before],
    ['/archive/2026-03/2/atom.xml', 86_400, before],
    ['/tag/%E6%B8%AF%E5%8F%A3/archive/2026-03/atom.xml', 86_400, before],
    ['/sitemap-2026-03.xml', 86_400, before],
    ['/sitemap-streams.xml', 60, none],
    ['/sitemap.xml', 60, none],
    ['/news-sitemap.xml', 60, none],
    ['/robots.txt', 60, none],
    ['/feeds', 60, none],
    ['/about', 60, none],
    ['/media/harbour.0123456789abcdef.png', 31_536_000, none],
    ['/style.0123456789abcdef.css', 31_536_000, none],
    ['/feed.css', 31_536_000, none],
    ['/feed.0123456789abcdef.css', 31_536_000, none],
  ])('keeps %s as its headers say, for %d seconds at most, by %o', (path, MaxTTL, QueryStringsConfig) => {
    const behaviour = behaviourFor(path);

    expect(cachingOf(behaviour)).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL });
    expect(cachingOf(behaviour).ParametersInCacheKeyAndForwardedToOrigin).toEqual({
      EnableAcceptEncodingBrotli: true,
      EnableAcceptEncodingGzip: true,
      CookiesConfig: { CookieBehavior: 'none' },
      // Of all that a reader sends nothing tells copies apart; a browser shows feeds by this.
      HeadersConfig:
        MaxTTL <= 86_400
          ? { HeaderBehavior: 'whitelist', Headers: ['Sec-Fetch-Dest'] }
          : { HeaderBehavior: 'none' },
      QueryStringsConfig,
    });
    // Not the whole query stands in the key, but all of it reaches the functions: before both, the edge drops what they do not take.
    expect(behaviour.OriginRequestPolicyId).toBe(allButHost);
    expect(functionsOf(behaviour)).toEqual(['viewer-request cloudfront-js-2.0']);
    expect(behaviour).toMatchObject({ Compress: true, AllowedMethods: ['GET', 'HEAD', 'OPTIONS'] });
  });

  test('can answer with an old feed for no longer than hubs are made to wait', () => {
    const [origin] = distribution(prod).Origins;
    const longest = cachingOf(behaviourFor('/rss.xml')).MaxTTL;

    // Edge location, regional cache, and an answer under way.
    expect(oldFeedSeconds).toBe(2 * longest + origin.CustomOriginConfig.OriginReadTimeout);
  });

  test('holds no error back from the article that is there a second later', () => {
    const errors = distribution(prod).CustomErrorResponses;

    expect(errors).toEqual(
      [400, 403, 404, 405, 500, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    );
  });

  test('speaks HTTP/2 and 3 with readers, and TLS alone with them and the API', () => {
    const { HttpVersion, IPV6Enabled, Origins, DefaultCacheBehavior, CacheBehaviors } = distribution(prod);

    expect({ HttpVersion, IPV6Enabled }).toEqual({ HttpVersion: 'http2and3', IPV6Enabled: true });
    expect(Origins).toMatchObject([
      { CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } },
      { DomainName: { 'Fn::GetAtt': ['Media', 'RegionalDomainName'] } },
    ]);
    const policies = [DefaultCacheBehavior, ...CacheBehaviors].map((one) => one.ViewerProtocolPolicy);
    expect(new Set(policies)).toEqual(new Set(['redirect-to-https']));
  });

  test('has hubs told of a change only when it can answer with no older feed', () => {
    const settings = [dev, prod, named].map((template) =>
      ['Announce', 'Sweep'].map(
        (name) =>
          requireResource(template, 'AWS::Lambda::Function', `${name}Function`).Properties.Environment
            .Variables.OLD_FEED_SECONDS,
      ),
    );

    const seconds = String(oldFeedSeconds);
    expect(settings).toEqual([
      ['0', '0'],
      [seconds, seconds],
      [seconds, seconds],
    ]);
  });

  test("leaves the API's own headers as they are", () => {
    const { CacheBehaviors, DefaultCacheBehavior } = distribution(prod);
    const api = [DefaultCacheBehavior, ...CacheBehaviors].filter(
      ({ PathPattern }) => PathPattern !== '/media/*',
    );

    expect(JSON.stringify(api)).not.toContain('ResponseHeadersPolicyId');
  });

  test('reads pictures from the bucket by its own right, and asks the API for what is not there', () => {
    const { OriginGroups, Origins } = distribution(prod);
    const [group] = OriginGroups.Items;
    const [api, bucket] = Origins;

    expect(behaviourFor('/media/pier-0123456789abcdef.jpg').TargetOriginId).toBe(group.Id);
    expect(group.FailoverCriteria.StatusCodes.Items).toEqual([403, 404]);
    expect(group.Members.Items).toEqual([{ OriginId: bucket.Id }, { OriginId: api.Id }]);
    const control = prod.Resources[bucket.OriginAccessControlId['Fn::GetAtt'][0]];
    expect(control?.Properties.OriginAccessControlConfig).toMatchObject({
      OriginAccessControlOriginType: 's3',
      SigningBehavior: 'always',
    });
  });
});

describe('the address of the site', () => {
  const settings = (template: Template) =>
    resourcesOf(template, 'AWS::Lambda::Function').flatMap(([, { Properties }]) =>
      Properties.Environment?.Variables.BASE_URL ? [Properties.Environment.Variables.BASE_URL] : [],
    );
  const edgeOf = (template: Template) => resourcesOf(template, 'AWS::CloudFront::Distribution')[0]?.[0];
  const apiOf = (template: Template) => resourcesOf(template, 'AWS::ApiGatewayV2::Api')[0]?.[0];

  test.each([
    ["the API's without an edge", () => dev, () => ({ 'Fn::GetAtt': [apiOf(dev), 'ApiEndpoint'] })],
    [
      "the edge's where there is one",
      () => prod,
      () => ({ 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [edgeOf(prod), 'DomainName'] }]] }),
    ],
    ['the domain where there is one', () => named, () => 'https://news.example.com'],
  ])('is %s, in every function and output', (_what, template, expected) => {
    const { SiteUrl, AtomUrl } = template().Outputs;

    expect(settings(template())).toEqual(Array(9).fill(expected()));
    const first = JSON.stringify(expected()).replace(/^"|"$|.*\["",\[|\]\]\}$/g, '');
    expect([JSON.stringify(SiteUrl), JSON.stringify(AtomUrl)]).toEqual([
      expect.stringContaining(first),
      expect.stringContaining(first),
    ]);
  });

  test('never is where articles are written to: a signature holds for one host name', () => {
    for (const template of [dev, prod, named])
      expect(template.Outputs.PublishUrl?.Value).toEqual({
        'Fn::Join': ['', [{ 'Fn::GetAtt': [apiOf(template), 'ApiEndpoint'] }, '/articles']],
      });
  });

  test('leads to the edge by IPv4 and IPv6, under a certificate of its own', () => {
    const records = resourcesOf(named, 'AWS::Route53::RecordSet').map(([, { Properties }]) => Properties);

    expect(records.map(({ Type, Name, HostedZoneId }) => [Type, Name, HostedZoneId])).toEqual([
      ['A', 'news.example.com.', 'Z0123456789ABC'],
      ['AAAA', 'news.example.com.', 'Z0123456789ABC'],
    ]);
    expect(records[0].AliasTarget.DNSName).toEqual({ 'Fn::GetAtt': [edgeOf(named), 'DomainName'] });
    expect(distribution(named)).toMatchObject({
      Aliases: ['news.example.com'],
      ViewerCertificate: {
        AcmCertificateArn: everything.domain?.certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
  });

  test('can be made in an order: the API, the edge, the functions, the routes', () => {
    const routes = requireResource(prod, 'AWS::ApiGatewayV2::Api', 'HttpApi');
    const origin = distribution(prod).Origins[0].DomainName;

    expect(JSON.stringify(origin)).toContain(JSON.stringify({ Ref: apiOf(prod) }));
    expect(JSON.stringify(routes.Properties)).not.toMatch(/Ref|GetAtt/);
  });
});
