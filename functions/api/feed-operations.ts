import type { Answer, Operation, Operations } from './operation.ts';

export const fresh: NonNullable<Answer['headers']> = ['ETag', 'Cache-Control'];
export const unchanged: Answer = { description: 'What the client holds is current', headers: fresh };
const someHeaders: NonNullable<Answer['someHeaders']> = ['Last-Modified', 'Link'];
const conditional = ['If-None-Match', 'If-Modified-Since'] as const;

const feed = (
  summary: string,
  types: string[],
  { parameters = [], problems = ['not-found'] }: Pick<Operation, 'parameters' | 'problems'> = {},
): Operations => ({
  GET: {
    summary,
    parameters: [...parameters, ...conditional],
    answers: {
      200: {
        description: 'The newest 20 articles',
        content: Object.fromEntries(types.map((type) => [type, undefined])),
        headers: fresh,
        someHeaders,
      },
      304: { ...unchanged, someHeaders },
    },
    problems,
  },
});
const paged = {
  parameters: ['before'],
  problems: ['unreadable-address', 'not-found'],
} satisfies Partial<Operation>;
/** What the addresses of feeds answer, those to subscribe to and those of their history. */
export const rss = feed('A stream as RSS 2.0, to a browser as XML', [
  'application/rss+xml',
  'application/xml',
]);
export const atom = feed('A stream as Atom 1.0, removed articles as tombstones; to a browser as XML', [
  'application/atom+xml',
  'application/xml',
]);
export const json = feed(
  'A stream as JSON Feed 1.1, which goes on by its next_url',
  ['application/feed+json'],
  paged,
);

const archiveFeed = (
  summary: string,
  { parameters = [], problems = [] }: Pick<Operation, 'parameters' | 'problems'>,
): Operations => ({
  GET: {
    summary,
    parameters: [...parameters, 'If-None-Match'],
    answers: {
      200: {
        description: 'At most 100 articles, with links to the documents before and behind',
        content: {
          'application/rss+xml': undefined,
          'application/atom+xml': undefined,
          'application/xml': undefined,
        },
        headers: fresh,
      },
      304: unchanged,
    },
    problems,
  },
});
export const newestPart = archiveFeed(
  'A month of a stream as an archive document of RFC 5005: its newest part',
  paged,
);
export const fullPart = archiveFeed('A full part of such a month, which will not change', {
  problems: ['not-found'],
});
