import type { ProblemKind } from '../runtime/problem.ts';
import { type Answer, moved, type Operations } from './operation.ts';
import type { routes } from './routes.ts';

const fresh: Answer['headers'] = ['ETag', 'Cache-Control'];
const unchanged: Answer = { description: 'What the client holds is current', headers: fresh };
const someHeaders: Answer['someHeaders'] = ['Last-Modified'];
const conditional = ['If-None-Match', 'If-Modified-Since'] as const;

const feed = (summary: string, type: string): Operations => ({
  GET: {
    summary,
    parameters: [...conditional],
    answers: {
      200: {
        description: 'The newest 20 articles',
        content: { [type]: undefined },
        headers: fresh,
        someHeaders,
      },
      304: { ...unchanged, someHeaders },
    },
    problems: ['not-found'],
  },
});
const rss = feed('A stream as RSS 2.0', 'application/rss+xml');
const atom = feed('A stream as Atom 1.0, removed articles as tombstones', 'application/atom+xml');
const json = feed('A stream as JSON Feed 1.1', 'application/feed+json');

const document = (summary: string, type: string, problems: ProblemKind[] = []): Operations => ({
  GET: {
    summary,
    parameters: ['If-None-Match'],
    answers: {
      200: { description: 'The document', content: { [type]: undefined }, headers: fresh },
      304: unchanged,
    },
    problems,
  },
});

const streamPage: Answer = {
  description: '20 articles, the newest first',
  content: { 'text/html': undefined, 'application/json': 'StreamPage' },
};

/** What every public address answers; the compiler misses none of them here. */
export const readOperations: Record<keyof typeof routes, Operations> = {
  front: {
    GET: {
      summary: 'The front page',
      answers: { 200: { description: 'The newest articles', content: { 'text/html': undefined } } },
    },
  },
  news: {
    GET: {
      summary: 'The stream of all articles',
      parameters: ['before', 'after'],
      answers: { 200: streamPage },
      problems: ['unreadable-address', 'not-found'],
    },
  },
  stream: {
    GET: {
      summary: 'The stream of a category, a tag or a source',
      parameters: ['before', 'after'],
      answers: { 200: streamPage, 308: moved },
      problems: ['unreadable-address', 'not-found'],
    },
  },
  article: {
    GET: {
      summary: 'An article; as HTML its opening is counted',
      answers: {
        200: {
          description: 'As Accept prefers',
          content: { 'text/html': undefined, 'application/json': 'Article' },
        },
        308: moved,
      },
      problems: ['not-found', 'gone'],
    },
  },
  articleJson: {
    GET: {
      summary: 'An article as JSON, whatever Accept says',
      answers: {
        200: { description: 'The article', content: { 'application/json': 'Article' } },
        308: moved,
      },
      problems: ['not-found', 'gone'],
    },
  },
  views: {
    POST: {
      summary: 'Counts one view, for an app that shows the JSON itself',
      answers: {
        200: { description: 'The count, this view in it', content: { 'application/json': 'ViewCount' } },
        308: moved,
      },
      problems: ['not-found', 'gone', 'busy'],
    },
  },
  ...{ rss, atom, json, streamRss: rss, streamAtom: atom, streamJson: json },
  media: {
    GET: {
      summary: 'An image of the site, by its content hash unchanging',
      answers: {
        200: { description: 'The image', content: { 'image/*': undefined }, headers: ['Cache-Control'] },
        302: moved,
      },
      problems: ['not-found'],
    },
  },
  stylesheet: {
    GET: {
      summary: "The pages' stylesheet",
      answers: {
        200: {
          description: 'The stylesheet',
          content: { 'text/css': undefined },
          headers: ['Cache-Control'],
        },
      },
      problems: ['not-found'],
    },
  },
  favicon: {
    GET: {
      summary: "The site's icon",
      answers: {
        200: { description: 'The icon', content: { 'image/*': undefined }, headers: ['Cache-Control'] },
      },
    },
  },
  feeds: document('The page about the feeds: the addresses of all of them', 'text/html'),
  about: document('The page about the site', 'text/html'),
  openapi: document('This description', 'application/json'),
  opml: document('The feeds of all streams that show an article', 'text/x-opml'),
  robots: document('What robots may read: everything', 'text/plain'),
  sitemap: document('Every page; of a large site an index of one sitemap a month', 'application/xml'),
  newsSitemap: document('The articles of the last two days', 'application/xml'),
  streamsSitemap: document('The pages of all streams', 'application/xml'),
  monthSitemap: document("The articles of a month of the site's zone", 'application/xml', ['not-found']),
};
