import { maxSlugLength, slugPattern } from '../article/article.ts';
import { type ProblemKind, problems } from '../runtime/problem.ts';
import { parameterPatterns } from './routes.ts';

const inPath = {
  slug: "An article's address",
  kind: 'Of the stream',
  name: 'The label in lower case: its letters and digits, in any script, joined by hyphens',
  file: 'A file name; of a picture that is read, with its content hash',
  hash: 'Of the content',
  month: 'Such as 2026-03',
  part: 'Of a month with more than 100 articles, counted from the oldest',
  format: 'Of the feed',
  old: 'Where other systems have the feed',
  form: 'What other systems call its format',
  n: 'The number of a version',
  id: 'Of a subscription; hard to guess',
};
const inQuery = {
  before: 'A cursor: older articles',
  after: 'A cursor: newer articles',
  preview: 'The key of an article that is not public',
  cursor: 'From `next` of the previous page',
  'hub.mode': 'subscribe, or denied',
  'hub.topic': "The feed's address",
  'hub.challenge': 'To be sent back',
  'hub.lease_seconds': 'How long the hub tells of changes',
};
const inHeader = {
  'If-None-Match': 'ETags that the client has; * for any',
  'If-Modified-Since': 'The Last-Modified that the client has',
  'If-Match': 'The ETag that was read. The request fails if the article has changed since',
  'X-Hub-Signature': 'The HMAC of the body by SHA-256, SHA-384 or SHA-512',
};
const headers = {
  ETag: 'Validates this answer; of a stored article, also for If-Match',
  'Last-Modified': 'Absent during its own second, in which the document may change again',
  'Cache-Control': 'Who may cache the answer, and for how long',
  Link: 'The hubs and the address to subscribe to; absent if there are no hubs',
  Location: 'The address',
  Allow: 'The methods that the address supports',
  'Retry-After': 'Seconds to wait',
};

export type ParameterName = keyof typeof inPath | keyof typeof inQuery | keyof typeof inHeader;
export type HeaderName = keyof typeof headers;

export function describeParameters(): Record<string, object> {
  return {
    ...parametersIn('path', inPath, { required: true }),
    ...parametersIn('query', inQuery),
    ...parametersIn('header', inHeader),
  };
}

function parametersIn(place: string, descriptions: Record<string, string>, more = {}) {
  return Object.fromEntries(
    Object.entries(descriptions).map(([name, description]) => [
      name,
      { name, in: place, description, schema: schemaOf(name), ...more },
    ]),
  );
}

function schemaOf(name: string): object {
  const pattern = parameterPatterns[name];
  if (name === 'slug') return { type: 'string', pattern: slugPattern.source, maxLength: maxSlugLength };
  if (!pattern) return { type: 'string' };
  return {
    type: 'string',
    ...(/^[a-z|]+$/.test(pattern) ? { enum: pattern.split('|') } : { pattern: `^${pattern}$` }),
  };
}

// Some answers have no date or hubs, and API Gateway's own 503 has no Retry-After.
const optional: HeaderName[] = ['Last-Modified', 'Link', 'Retry-After'];

export function describeHeaders(names: HeaderName[] = []): { headers?: object } {
  const described = names.map((name) => [
    name,
    {
      description: headers[name],
      schema: { type: name === 'Retry-After' ? 'integer' : 'string' },
      ...(!optional.includes(name) && { required: true }),
    },
  ]);
  return described.length > 0 ? { headers: Object.fromEntries(described) } : {};
}

const meanings: Record<ProblemKind, string> = {
  'unreadable-address': 'A part of the address is invalid, such as a cursor.',
  'unreadable-json': 'The body is not one JSON value in UTF-8.',
  'not-found': 'There is nothing at this address, or nothing that readers may see yet.',
  'wrong-method': 'The address does not support this method; Allow lists those it does.',
  taken: "The article's slug, alias, id or guid belongs to another article.",
  'in-use': 'Articles show the picture: take it out of them first.',
  public: 'The article is public: its own address shows it.',
  'not-deleted': 'The article is there: delete it first.',
  gone: 'The article has been removed; for signed requests: erased, so that no text of it is left.',
  changed: 'The article does not match If-Match or If-None-Match: read it again.',
  'too-large':
    'The text, the whole article or the picture is too large. Above 10 MB, API Gateway itself answers.',
  'wrong-type':
    'The body must be application/json in UTF-8, uncompressed; a picture PNG, JPEG, GIF, WebP or AVIF.',
  'faulty-fields': 'Fields are missing, unknown or invalid; `errors` lists all of them.',
  failure: "Something failed; the function's log has the cause under the request's id.",
  busy: 'Try again after Retry-After seconds.',
};
const shownToReaders: ProblemKind[] = [
  'unreadable-address',
  'not-found',
  'wrong-method',
  'gone',
  'failure',
  'busy',
];
const problemHeaders: Partial<Record<ProblemKind, HeaderName[]>> = {
  'wrong-method': ['Allow'],
  busy: ['Retry-After'],
};
const fromGateway: ProblemKind[] = ['too-large', 'failure', 'busy'];
const gatewayMessage = { 'application/json': { schema: { $ref: '#/components/schemas/GatewayMessage' } } };

/** Every problem under its kind, which its `type` ends in; and `gateway`, what API Gateway answers itself. */
export function describeProblems() {
  const described = (Object.keys(problems) as ProblemKind[]).map((kind) => [
    kind,
    {
      description: `${problems[kind].title}. ${meanings[kind]}`,
      ...describeHeaders(problemHeaders[kind]),
      content: {
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        ...(fromGateway.includes(kind) && gatewayMessage),
        ...(shownToReaders.includes(kind) && { 'text/html': {} }),
      },
    },
  ]);
  return {
    ...(Object.fromEntries(described) as Record<ProblemKind, object>),
    gateway: {
      description:
        'API Gateway itself: the signature is missing or invalid (403), or too many requests (429)',
      content: gatewayMessage,
    },
  };
}
