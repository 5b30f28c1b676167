const prefetchHeaders = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];
// Far beyond any browser's; what is longer is cut before a thousand patterns see it.
const longestUserAgent = 1000;

/** Whether a request for a page is a person opening it: not HEAD, not fetched ahead, not a crawler that names itself. */
export function isView(request: Request, crawlers: RegExp): boolean {
  const ahead = prefetchHeaders.some((name) =>
    /prefetch|prerender|preview/i.test(request.headers.get(name) ?? ''),
  );
  const userAgent = (request.headers.get('user-agent') ?? '').slice(0, longestUserAgent);
  return request.method !== 'HEAD' && !ahead && !crawlers.test(userAgent);
}
