import type { ProblemKind } from '../runtime/problem.ts';
import { type Answer, get, getCached, moved, type Operations, type Rest } from './operation.ts';
import { ignoreQueries, queryParameters, type routes } from './routes.ts';

function document(summary: string, type: string, problems: ProblemKind[] = []): Operations {
  return getCached(summary, { description: 'The document', types: [type] }, { problems });
}

function file(summary: string, type: string, rest: Rest = { problems: ['not-found'] }): Operations {
  return get(summary, { description: 'The file', types: [type], headers: ['Cache-Control'] }, rest);
}

function list(summary: string, answers: Record<number, Answer> = {}): Operations {
  return getCached(
    summary,
    { description: '20 articles, newest first', types: ['text/html'], json: 'StreamPage' },
    { problems: ['unreadable-address', 'not-found'], answers },
  );
}

const byCursor: Rest = { problems: ['unreadable-address', 'not-found'] };

function feed(summary: string, types: string[], { problems = ['not-found'] }: Rest = {}) {
  return getCached(
    summary,
    { description: 'The newest 20 articles', types, headers: ['Last-Modified', 'Link'] },
    { parameters: ['If-Modified-Since'], problems },
  );
}

const [rssType, atomType, xml] = ['application/rss+xml', 'application/atom+xml', 'application/xml'];
const rss = feed('A stream as RSS 2.0; browsers get it as XML', [rssType, xml]);
const atom = feed('A stream as Atom 1.0 with tombstones; browsers get it as XML', [atomType, xml]);
const json = feed('A stream as JSON Feed 1.1, paged by next_url', ['application/feed+json'], byCursor);

const oldFeed: Operations = { GET: { summary: 'Leads to the feed', answers: { 308: moved } } };

const archive = document('The months in which a stream has articles', 'text/html', ['not-found']);
const archiveMonth = list("A stream's articles of one month in the site's time zone");
const archived = {
  description: 'At most 100 articles, with links to the neighbouring documents',
  types: [rssType, atomType, xml],
};
const archiveFeed = getCached(
  'The newest part of a month as an RFC 5005 archive document',
  archived,
  byCursor,
);
const archivePart = getCached('A full part of a month, which no longer changes', archived, {
  problems: ['not-found'],
});

const ofArticle: Rest = { answers: { 308: moved }, problems: ['not-found', 'gone'] };

const operations: Record<keyof typeof routes, Operations> = {
  front: document('The front page with the newest articles', 'text/html'),
  news: list('The stream of all articles'),
  stream: list('The stream of a category, tag or source', { 308: moved }),
  corrections: list('The articles that were corrected, the last correction first, with its text as summary'),
  mostRead: getCached('The articles most read today, in the last 7 and 30 days, and ever', {
    description: 'At most 10 of each, in the format that Accept prefers',
    types: ['text/html'],
    json: 'MostRead',
  }),
  article: get(
    'An article. Opening it as HTML counts a view',
    { description: 'The article in the format that Accept prefers', types: ['text/html'], json: 'Article' },
    ofArticle,
  ),
  articleJson: get(
    'An article as JSON, whatever Accept says',
    { description: 'The article', json: 'Article' },
    ofArticle,
  ),
  views: {
    POST: {
      summary: 'Counts one view, for apps that display the JSON themselves',
      answers: { 200: { description: 'The view is counted', json: 'ViewCount' }, 308: moved },
      problems: ['not-found', 'gone'],
    },
  },
  rss,
  atom,
  json,
  oldFeed,
  oldFeedForm: oldFeed,
  correctionsRss: rss,
  correctionsAtom: atom,
  correctionsJson: json,
  streamRss: rss,
  streamAtom: atom,
  streamJson: json,
  streamOldFeed: oldFeed,
  streamOldFeedForm: oldFeed,
  archive,
  archiveMonth,
  archiveFeed,
  archivePart,
  correctionsArchive: archive,
  correctionsArchiveMonth: archiveMonth,
  correctionsArchiveFeed: archiveFeed,
  correctionsArchivePart: archivePart,
  streamArchive: archive,
  streamArchiveMonth: archiveMonth,
  streamArchiveFeed: archiveFeed,
  streamArchivePart: archivePart,
  media: file("One of the site's images; its content never changes", 'image/*', {
    answers: { 302: moved },
    problems: ['not-found'],
  }),
  stylesheet: file("The pages' stylesheet", 'text/css'),
  feedStylesheet: document('The stylesheet of feeds in browsers', 'text/css'),
  oldFeedStylesheet: document('The same, at the addresses that older feeds name', 'text/css'),
  favicon: file("The site's icon", 'image/*', {}),
  feeds: document('The page that lists all feeds', 'text/html'),
  about: document('The page about the site', 'text/html'),
  openapi: document('This description', 'application/json'),
  opml: document('The feeds of all streams with articles', 'text/x-opml'),
  robots: document('What crawlers may read: everything', 'text/plain'),
  sitemap: document('Every page; for a large site, an index of one sitemap per month', 'application/xml'),
  newsSitemap: document('The articles of the last two days', 'application/xml'),
  streamsSitemap: document('The pages of all streams', 'application/xml'),
  monthSitemap: document("The articles of one month in the site's time zone", 'application/xml', [
    'not-found',
  ]),
  push: {
    ...get(
      'Where the hub of a followed source asks whether it is to tell of changes (WebSub)',
      { description: 'Yes: the challenge', types: ['text/plain'] },
      {
        parameters: ['hub.mode', 'hub.topic', 'hub.challenge', 'hub.lease_seconds'],
        problems: ['not-found'],
      },
    ),
    POST: {
      summary: 'Where that hub tells of a change: the source is asked soon',
      parameters: ['X-Hub-Signature'],
      answers: { 204: { description: 'It is heard if it is signed' } },
      problems: ['gone'],
    },
  },
};

/** What every public address answers. */
export const readOperations = Object.fromEntries(
  (Object.keys(operations) as (keyof typeof routes)[]).map((name) => [name, withQuery(name)]),
) as typeof operations;

/** With what the address takes of a query, and the redirect that leaves out the rest, or leads on from an old address. */
function withQuery(name: keyof typeof routes): Operations {
  const { GET: read, ...others } = operations[name];
  if (!read) return others;
  const parameters = [...(queryParameters[name] ?? []), ...(read.parameters ?? [])];
  const mayMove = !ignoreQueries.includes(name) || name === 'front' || read.problems?.includes('not-found');
  const answers = mayMove ? { ...read.answers, 308: moved } : read.answers;
  return { ...others, GET: { ...read, parameters, answers } };
}
