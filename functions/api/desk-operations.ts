import { get, type Operations, paged } from './operation.ts';
import type { writeRoutes } from './routes.ts';

/** What the signed addresses answer that belong to no article: the import, the sources, redirects, settings, counts. */
export const deskOperations = {
  import: get(
    'What the last import of the content files has done, and whether it goes on',
    { description: 'The import', json: 'Import' },
    { problems: ['not-found'] },
  ),
  sources: get('How the followed sources are, by name', {
    description: 'All of them, once they have been asked',
    json: 'Sources',
  }),
  redirects: {
    ...get(
      'Where addresses of the site that was here before lead, 100 per page',
      { description: 'A page of the list', json: 'RedirectPage' },
      paged,
    ),
    PUT: {
      summary:
        'Stores redirects: all of them, or none if one is faulty. Sending the same again changes nothing',
      body: 'Redirects',
      answers: { 200: { description: 'They are stored', json: 'Redirects' } },
      problems: ['unreadable-json', 'wrong-type', 'faulty-fields'],
    },
    DELETE: {
      summary: 'Removes those of these old paths that are stored',
      body: 'OldPaths',
      answers: { 204: { description: 'They lead nowhere any more' } },
      problems: ['unreadable-json', 'wrong-type', 'faulty-fields'],
    },
  },
  settings: get('What site.yaml says, with the defaults filled in', {
    description: 'The settings',
    json: 'Settings',
  }),
  stats: get(
    "All articles' views by day, newest stored first, 100 per page",
    { description: 'A page of counts', json: 'Stats' },
    paged,
  ),
} satisfies Partial<Record<keyof typeof writeRoutes, Operations>>;
