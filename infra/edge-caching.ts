import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  type CachePolicyProps,
  CacheQueryStringBehavior,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  type IOrigin,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

const documentSeconds = 60;
/** As long as API Gateway itself waits for a function. */
export const originSeconds = 30;

/**
 * How long after a change the edge may still serve the old feed. The worst case: the API's answer was under way when the
 * change came, the regional cache kept it to the end, and an edge location took it then and kept it as long again.
 */
export const oldFeedSeconds = 2 * documentSeconds + originSeconds;

/** Of months: what cannot change any more says in `s-maxage` that it may be kept for a day. CloudFront tries these patterns before the next ones. */
const months = ['*/archive/????-??/*.xml', '/sitemap-????-??.xml'];
/** Also the later pages of the JSON Feed, whose query `before` chooses the entries. */
const jsonFeeds = ['*/feed.json'];
/** None matches a page whose views count: the last segment of such a path has no dot. */
const documents = [
  ...['*/rss.xml', '*/atom.xml', '*sitemap*.xml', '/opml.xml', '/openapi.json', '/robots.txt'],
  ...['/feeds', '/about'],
];
const unchanging = ['/style.*.css', '/feed*.css', '/favicon.ico'];

const everything = {
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  // The API answers only to its own host name.
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
};

/** With caching disabled: otherwise CloudFront joins simultaneous requests even under `no-store`, and each may be a view. */
export function uncached(origin: IOrigin): BehaviorOptions {
  return {
    ...everything,
    origin,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
  };
}

/** Paths that are cached as long as their own headers say, and not at all without them. */
export function cached(
  scope: Construct,
  origin: IOrigin,
  pictures: IOrigin,
): Record<string, BehaviorOptions> {
  const plainRequest = new EdgeFunction(scope, 'PlainRequest', {
    comment: 'Leaves of a request what changes the answer',
    code: FunctionCode.fromFile({ filePath: join(import.meta.dirname, 'edge-request.js') }),
    runtime: FunctionRuntime.JS_2_0,
  });
  const behaviour = (id: string, maxTtl: Duration, key: Partial<CachePolicyProps> = {}): BehaviorOptions => ({
    ...everything,
    origin,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
    compress: true,
    // Never before a page: there the whole Sec-Fetch-Dest tells whether it is a view.
    functionAssociations: [{ function: plainRequest, eventType: FunctionEventType.VIEWER_REQUEST }],
    cachePolicy: new CachePolicy(scope, id, {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl,
      ...key,
      // Adds Accept-Encoding to the cache key: the functions compress by it.
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    }),
  });
  // Browsers send it and get a feed with a stylesheet; feed readers do not.
  const headerBehavior = CacheHeaderBehavior.allowList('Sec-Fetch-Dest');
  const queryStringBehavior = CacheQueryStringBehavior.allowList('before');
  const keys = { headerBehavior, queryStringBehavior };
  const month = behaviour('Months', Duration.days(1), keys);
  const part = behaviour('Parts', Duration.seconds(documentSeconds), keys);
  const short = behaviour('Documents', Duration.seconds(documentSeconds), { headerBehavior });
  const long = behaviour('Unchanging', Duration.days(365));
  return Object.fromEntries([
    ...months.map((path) => [path, month]),
    ...jsonFeeds.map((path) => [path, part]),
    ...documents.map((path) => [path, short]),
    ...unchanging.map((path) => [path, long]),
    [
      '/media/*',
      { ...long, origin: pictures, responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS },
    ],
  ]);
}
