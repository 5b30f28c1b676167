import type { ProblemKind } from '../runtime/problem.ts';
import { deskOperations } from './desk-operations.ts';
import { type Answer, get, moved, type Operations, paged } from './operation.ts';
import type { HeaderName } from './parts.ts';
import type { writeRoutes } from './routes.ts';

const writing: ProblemKind[] = ['unreadable-json', 'taken', 'too-large', 'wrong-type', 'faulty-fields'];

function saved(description: string, headers: HeaderName[] = ['ETag', 'Location']): Answer {
  return { description, json: 'SavedArticle', headers };
}

/** What every signed address answers. */
export const writeOperations: Record<keyof typeof writeRoutes, Operations> = {
  articles: {
    ...get(
      'All articles with drafts and removed ones, newest stored first, 100 per page',
      { description: 'A page of the list', json: 'ArticleList' },
      paged,
    ),
    POST: {
      summary: 'Publishes an article under a slug made of its title',
      body: 'ArticleBody',
      answers: {
        200: saved('The same text or guid is already stored; nothing is written'),
        201: saved('Created'),
      },
      problems: writing,
    },
  },
  storedArticle: {
    ...get(
      'An article as stored, even a draft or an embargoed one',
      { description: 'The article', json: 'StoredArticle', headers: ['ETag'] },
      { answers: { 308: moved }, problems: ['not-found', 'gone'] },
    ),
    PUT: {
      summary: 'Creates or replaces an article. Sending the same again changes nothing',
      parameters: ['If-Match', 'If-None-Match'],
      body: 'ArticleBody',
      answers: { 200: saved('Replaced, or unchanged', ['ETag']), 201: saved('Created') },
      problems: [...writing, 'changed'],
    },
    DELETE: {
      summary: 'Removes an article. Its page answers 410 from then on, with the reason if one is given',
      parameters: ['If-Match'],
      body: 'RemovalBody',
      isBodyOptional: true,
      answers: { 204: { description: 'The article is removed, or was before' } },
      problems: ['unreadable-json', 'not-found', 'changed', 'wrong-type', 'faulty-fields'],
    },
  },
  drafts: {
    POST: {
      summary: 'Stores a new draft under a slug made of its title',
      body: 'ArticleBody',
      answers: {
        200: saved('The same text or guid is already stored; nothing is written'),
        201: saved('Created'),
      },
      problems: writing,
    },
  },
  draft: {
    PUT: {
      summary:
        'Creates or replaces a draft that readers have never seen, for those who may not publish. It stays a draft whatever the body says',
      parameters: ['If-Match', 'If-None-Match'],
      body: 'ArticleBody',
      answers: { 200: saved('Replaced, or unchanged', ['ETag']), 201: saved('Created') },
      problems: [...writing, 'changed'],
    },
  },
  draftPicture: {
    PUT: {
      summary: 'Stores a picture under a name that no other has, for those who may not publish',
      body: 'UploadBody',
      bodyTypes: ['image/*'],
      answers: {
        200: { description: 'It is there already', json: 'SavedPicture', headers: ['Location'] },
        201: { description: 'Stored', json: 'SavedPicture', headers: ['Location'] },
        202: { description: 'Where to send the bytes', json: 'Upload' },
      },
      problems: ['taken', 'too-large', 'wrong-type', 'faulty-fields'],
    },
  },
  restore: {
    POST: {
      summary: 'Puts a former text back, also after a deletion: id, count and addresses stay',
      parameters: ['If-Match'],
      body: 'RestoreBody',
      answers: {
        200: saved('Restored'),
        201: saved('There again after its deletion'),
      },
      problems: [...writing, 'not-found', 'gone', 'changed'],
    },
  },
  previewLink: {
    POST: {
      summary:
        'The address at which whoever has it reads an article that is not public, for 90 days. It ends when the article is published, removed or given another',
      body: 'PreviewLinkBody',
      isBodyOptional: true,
      answers: { 200: { description: 'The address', json: 'PreviewLink' }, 308: moved },
      problems: ['unreadable-json', 'not-found', 'public', 'gone', 'wrong-type', 'faulty-fields'],
    },
  },
  erase: {
    POST: {
      summary:
        'Erases a removed article: its text, former texts, title, names and labels leave every row for good',
      answers: {
        204: { description: 'The article is erased, or was before. Its page goes on answering 410' },
      },
      problems: ['not-found', 'not-deleted'],
    },
  },
  versions: get(
    'The former texts of an article: who wrote each, when, by which way, and what replaced it',
    { description: 'The former texts', json: 'Versions' },
    { answers: { 308: moved }, problems: ['not-found', 'gone'] },
  ),
  version: get(
    'A former text whole, in the form it was put',
    { description: 'The former text', json: 'FormerArticle' },
    { answers: { 308: moved }, problems: ['not-found', 'gone'] },
  ),
  preview: {
    POST: {
      summary: 'The page that readers would see if the article were stored like this. Nothing is stored',
      body: 'PreviewBody',
      answers: { 200: { description: 'The page', json: 'Preview' } },
      problems: ['unreadable-json', 'too-large', 'wrong-type', 'faulty-fields'],
    },
  },
  repair: {
    POST: {
      summary: 'Repairs one page of the rows derived from articles. Follow `next` for the rest',
      answers: { 200: { description: 'What was wrong on this page', json: 'RepairedPage' } },
      ...paged,
    },
  },
  pictures: get(
    'All pictures by name, 100 per page',
    { description: 'A page of the list', json: 'PictureList' },
    paged,
  ),
  picture: {
    PUT: {
      summary:
        'Stores a picture: its bytes up to 4.5 MB, or, for up to 50 MB, first its length and type as JSON, then the upload',
      body: 'UploadBody',
      bodyTypes: ['image/*'],
      answers: {
        200: { description: 'Replaced, or unchanged', json: 'SavedPicture', headers: ['Location'] },
        201: { description: 'Stored', json: 'SavedPicture', headers: ['Location'] },
        202: { description: 'Where to send the bytes', json: 'Upload' },
      },
      problems: ['too-large', 'wrong-type', 'faulty-fields'],
    },
    DELETE: {
      summary: 'Deletes a picture that no article shows, with all that it was under this name before',
      answers: { 204: { description: 'The picture is deleted' } },
      problems: ['not-found', 'in-use'],
    },
  },
  ...deskOperations,
};
