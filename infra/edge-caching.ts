import { Duration } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  type CachePolicyProps,
  CacheQueryStringBehavior,
  type IOrigin,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

const documentSeconds = 60;
/** As long as API Gateway itself waits for a function. */
export const originSeconds = 30;

/**
 * From a change on, the longest that a request at the edge can be answered with the feed as it was: what an edge location got
 * from its regional cache at the end of a copy's time there, itself an answer on its way when the change came.
 */
export const oldFeedSeconds = 2 * documentSeconds + originSeconds;

/** What `before` chooses the entries of: the parts that a feed goes on in. Each of these is looked for before the next ones. */
const parts = ['*/archive/????-??/*.xml', '*/feed.json'];
/** None matches a page: pages have no dot in their last step. */
const documents = ['*/rss.xml', '*/atom.xml', '*sitemap*.xml', '/opml.xml', '/openapi.json', '/robots.txt'];
const unchanging = ['/media/*', '/style.*.css', '/feed*.css', '/favicon.ico'];

const everything = {
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  // The API answers to its own host name alone.
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
};

/** What is not cached: requests for one object at one time are joined into one even under `no-store`, and each may be a view. */
export function uncached(origin: IOrigin): BehaviorOptions {
  return {
    ...everything,
    origin,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
  };
}

/** What is cached, by its own headers and never without them. */
export function cached(scope: Construct, origin: IOrigin): Record<string, BehaviorOptions> {
  const behaviour = (id: string, maxTtl: Duration, key: Partial<CachePolicyProps> = {}): BehaviorOptions => ({
    ...everything,
    origin,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
    compress: true,
    cachePolicy: new CachePolicy(scope, id, {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl,
      ...key,
      // In the key: the functions encode by it.
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    }),
  });
  // By it feeds are shown in browsers; readers do not send it.
  const headerBehavior = CacheHeaderBehavior.allowList('Sec-Fetch-Dest');
  const queryStringBehavior = CacheQueryStringBehavior.allowList('before');
  const part = behaviour('Parts', Duration.seconds(documentSeconds), { headerBehavior, queryStringBehavior });
  const short = behaviour('Documents', Duration.seconds(documentSeconds), { headerBehavior });
  const long = behaviour('Unchanging', Duration.days(365));
  return Object.fromEntries([
    ...parts.map((path) => [path, part]),
    ...documents.map((path) => [path, short]),
    ...unchanging.map((path) => [path, long]),
  ]);
}
