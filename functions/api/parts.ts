import * as z from 'zod';
import { maxSlugLength, slugPattern } from '../article/article.ts';
import { articleInput } from '../article/article-input.ts';
import type { ProblemKind } from '../runtime/problem.ts';
import {
  article,
  articleList,
  card,
  mostRead,
  problem,
  repairedPage,
  savedArticle,
  stats,
  storedArticle,
  streamPage,
  viewCount,
} from './answers.ts';
import { parameterPatterns } from './routes.ts';

/** By their names in the description. */
export const schemas = {
  ArticleBody: articleInput,
  Article: article,
  Card: card,
  StreamPage: streamPage,
  MostRead: mostRead,
  ViewCount: viewCount,
  SavedArticle: savedArticle,
  StoredArticle: storedArticle,
  ArticleList: articleList,
  RepairedPage: repairedPage,
  Stats: stats,
  Problem: problem,
  GatewayMessage: z
    .looseObject({ message: z.string().nullable() })
    .meta({ description: 'What API Gateway answers itself' }),
};

const text = (description: string, pattern?: string) => ({
  description,
  schema: { type: 'string', ...(pattern && { pattern: `^${pattern}$` }) },
});

/** By their names in addresses and headers. */
export const parameters = {
  slug: {
    in: 'path',
    description: "An article's address",
    schema: { type: 'string', pattern: slugPattern.source, maxLength: maxSlugLength },
  },
  kind: {
    in: 'path',
    description: 'Of the stream',
    schema: { type: 'string', enum: (parameterPatterns.kind ?? '').split('|') },
  },
  name: { in: 'path', ...text('The label in lower case, its letters and digits of any script joined by -') },
  file: { in: 'path', ...text('A file name with its content hash', parameterPatterns.file) },
  hash: { in: 'path', ...text('Of the content', parameterPatterns.hash) },
  month: { in: 'path', ...text('Such as 2026-03', parameterPatterns.month) },
  part: {
    in: 'path',
    ...text('Of a month with more than 100 articles, from its oldest', parameterPatterns.part),
  },
  format: {
    in: 'path',
    description: 'Of the feed',
    schema: { type: 'string', enum: (parameterPatterns.format ?? '').split('|') },
  },
  before: { in: 'query', ...text('A cursor: what is older') },
  after: { in: 'query', ...text('A cursor: what is newer') },
  cursor: { in: 'query', ...text('From `next` of the page before') },
  'If-None-Match': { in: 'header', ...text('ETags that the client holds; * for any') },
  'If-Modified-Since': { in: 'header', ...text('The Last-Modified that the client holds') },
  'If-Match': { in: 'header', ...text('The ETag that was read: refused when the article has changed since') },
} as const;

/** Of answers, by their names. */
export const headers = {
  ETag: text('The validator of this answer; of a stored article, for If-Match'),
  'Last-Modified': text('Missing until its second has passed: it may still name two documents'),
  'Cache-Control': text('How long it may be kept, and by whom'),
  Link: text('The hubs that tell of changes, and the address to subscribe to; missing where there is none'),
  Location: text('Where it stands'),
  Allow: text('The methods that the address knows'),
  'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } },
};

/** What each kind of problem means to whoever gets it. */
export const problemDescriptions: Record<ProblemKind, string> = {
  'unreadable-address': 'A part of the address cannot be read, such as a cursor.',
  'unreadable-json': 'The body is not one JSON value in UTF-8.',
  'not-found': 'There is nothing at this address, or nothing that readers may see yet.',
  'wrong-method': 'The address does not know this method; Allow lists those it knows.',
  taken: 'An address, an old address, an id or a guid that the article names belongs to another article.',
  gone: 'The article has been removed.',
  changed: 'The article is not as If-Match or If-None-Match expects it: read it again.',
  'too-large':
    'The text, or the article as a whole, is larger than can be stored; beyond 10 MB API Gateway says so itself.',
  'wrong-type': 'The body has to be application/json in UTF-8, not compressed.',
  'faulty-fields': 'Fields are missing, unknown or wrong; `errors` lists every one of them.',
  failure: 'Something failed inside; the log of the function has it under the id of the request.',
  busy: 'Try again after the seconds that Retry-After names.',
};
