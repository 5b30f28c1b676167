import type { ProblemKind } from '../runtime/problem.ts';
import { type Answer, moved, type Operations } from './operation.ts';
import type { writeRoutes } from './routes.ts';

const saved = (description: string, headers: Answer['headers'] = []): Answer => ({
  description,
  content: { 'application/json': 'SavedArticle' },
  headers,
});
const writing: ProblemKind[] = ['unreadable-json', 'taken', 'too-large', 'wrong-type', 'faulty-fields'];

/** What every signed address answers. */
export const writeOperations: Record<keyof typeof writeRoutes, Operations> = {
  articles: {
    GET: {
      summary: 'All articles, drafts and gone ones too, the newest stored first, 100 a page',
      parameters: ['cursor'],
      answers: { 200: { description: 'A page of the list', content: { 'application/json': 'ArticleList' } } },
      problems: ['unreadable-address'],
    },
    POST: {
      summary: 'Publishes an article under an address made of its title',
      body: 'ArticleBody',
      answers: {
        200: saved('It was there already, word for word or by its guid, and is left as it is', [
          'ETag',
          'Location',
        ]),
        201: saved('Created', ['ETag', 'Location']),
      },
      problems: writing,
    },
  },
  storedArticle: {
    GET: {
      summary: 'What is stored of an article, drafts and embargoed ones included',
      answers: {
        200: {
          description: 'The article',
          content: { 'application/json': 'StoredArticle' },
          headers: ['ETag'],
        },
        308: moved,
      },
      problems: ['not-found'],
    },
    PUT: {
      summary: 'Creates or replaces an article; the same again changes nothing',
      parameters: ['If-Match', 'If-None-Match'],
      body: 'ArticleBody',
      answers: {
        200: saved('Replaced, or unchanged', ['ETag']),
        201: saved('Created', ['ETag', 'Location']),
      },
      problems: [...writing, 'changed'],
    },
    DELETE: {
      summary: 'Removes an article; its page answers 410 from then on',
      parameters: ['If-Match'],
      answers: { 204: { description: 'It is removed, now or before' } },
      problems: ['not-found', 'changed'],
    },
  },
  repair: {
    POST: {
      summary:
        'Mends a page of the rows that follow from articles; in order they are left alone. Follow `next`',
      parameters: ['cursor'],
      answers: {
        200: { description: 'What was wrong in the page', content: { 'application/json': 'RepairedPage' } },
      },
      problems: ['unreadable-address'],
    },
  },
  stats: {
    GET: {
      summary: 'The views of all articles by day, the newest stored first, 100 a page',
      parameters: ['cursor'],
      answers: { 200: { description: 'A page of counts', content: { 'application/json': 'Stats' } } },
      problems: ['unreadable-address'],
    },
  },
};
