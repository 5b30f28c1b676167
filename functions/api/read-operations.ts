import type { ProblemKind } from '../runtime/problem.ts';
import { atom, fresh, fullPart, json, newestPart, rss, unchanged } from './feed-operations.ts';
import { moved, type Operation, type Operations } from './operation.ts';
import type { routes } from './routes.ts';

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

const stylesheet = (summary: string): Operations => ({
  GET: {
    summary,
    answers: {
      200: {
        description: 'The stylesheet',
        content: { 'text/css': undefined },
        headers: ['Cache-Control'],
      },
    },
    problems: ['not-found'],
  },
});

const list = (summary: string, answers: Operation['answers'] = {}): Operations => ({
  GET: {
    summary,
    parameters: ['before', 'after', 'If-None-Match'],
    answers: {
      200: {
        description: '20 articles, the newest first',
        content: { 'text/html': undefined, 'application/json': 'StreamPage' },
        headers: fresh,
      },
      304: unchanged,
      ...answers,
    },
    problems: ['unreadable-address', 'not-found'],
  },
});
const archive = document('The months in which a stream has articles', 'text/html', ['not-found']);
const month = list("The articles that a stream has of a month of the site's zone");

/** What every public address answers; the compiler misses none of them here. */
export const readOperations: Record<keyof typeof routes, Operations> = {
  front: document('The front page: the newest articles', 'text/html'),
  news: list('The stream of all articles'),
  stream: list('The stream of a category, a tag or a source', { 308: moved }),
  mostRead: {
    GET: {
      summary: 'The articles most read today, in 7 days, in 30 days and ever',
      parameters: ['If-None-Match'],
      answers: {
        200: {
          description: 'At most 10 of each, as Accept prefers',
          content: { 'text/html': undefined, 'application/json': 'MostRead' },
          headers: fresh,
        },
        304: unchanged,
      },
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
        200: { description: 'It is counted', content: { 'application/json': 'ViewCount' } },
        308: moved,
      },
      problems: ['not-found', 'gone', 'busy'],
    },
  },
  ...{ rss, atom, json, streamRss: rss, streamAtom: atom, streamJson: json },
  ...{ archive, archiveMonth: month, archiveFeed: newestPart, archivePart: fullPart },
  streamArchive: archive,
  streamArchiveMonth: month,
  streamArchiveFeed: newestPart,
  streamArchivePart: fullPart,
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
  stylesheet: stylesheet("The pages' stylesheet"),
  feedStylesheet: document('How browsers show feeds', 'text/css'),
  oldFeedStylesheet: document('The same, under the addresses that feeds had it at before', 'text/css'),
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
