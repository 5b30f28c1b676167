import type { LambdaEvent } from 'hono/aws-lambda';

/**
 * The event with its path percent-encoded again. API Gateway hands it on decoded and hono makes a URL of it as it stands, in
 * which `/articles/a%23b` or `/articles/a%00`, signed as such, would be `/articles/a`.
 */
export function withEncodedPath(event: LambdaEvent): LambdaEvent {
  if (!('rawPath' in event)) return event;
  const rawPath = encodeURI(event.rawPath).replaceAll('#', '%23').replaceAll('?', '%3F');
  return { ...event, rawPath };
}
