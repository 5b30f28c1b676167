import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { readViews } from '../../functions/store/counter.ts';
import { test } from '../support/backend-test.ts';
import { openReading } from '../support/reading.ts';
import { watchStore } from '../support/watched-store.ts';

// Nothing listens there.
const unreachable = new DynamoDBClient({
  endpoint: 'http://127.0.0.1:1',
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
});

test.for([
  ['busy', 503, '5', 'We are busy', 'out of reach', { client: unreachable }],
  ['failure', 500, null, 'Something went wrong here', 'without its table', { content: 'no-such-table' }],
] as const)(
  'tells of a %s in the form that was asked for',
  async ([kind, status, wait, title, , broken], { backend }) => {
    const read = await openReading(backend.through({ ...backend.store, ...broken }));

    const page = await read('/news', { Accept: 'text/html' });
    const problem = await read('/news', { Accept: 'application/json' });

    expect([page.status, problem.status]).toEqual([status, status]);
    expect([page, problem].map(({ headers }) => headers.get('retry-after'))).toEqual([wait, wait]);
    expect([page, problem].map(({ headers }) => headers.get('vary'))).toEqual([
      expect.stringContaining('Accept'),
      expect.stringContaining('Accept'),
    ]);
    expect(await page.text()).toContain(`<h1>${title}</h1>`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await problem.json()).toMatchObject({ status, type: expect.stringContaining(kind) });
  },
);

test('says that a view was counted though the number cannot be read, so that nobody sends it again', async ({
  backend,
}) => {
  const { article } = (await backend.put('storm')).stored;
  const unread = watchStore(backend.store, (command, { RequestItems }) => {
    if (command === 'BatchGetItem' && backend.store.views in (RequestItems as object))
      throw new Error('busy');
  });
  const read = await openReading(backend.through(unread));

  const answer = await read('/news/storm/views', {}, 'POST');

  expect([answer.status, await answer.json()]).toEqual([200, { slug: 'storm', views: null }]);
  expect(await readViews(backend.store, article.id)).toBe(1);
});

test('asks for a view again that was not counted', async ({ backend }) => {
  await backend.put('storm');
  const unwritten = watchStore(backend.store, (command) => {
    if (command === 'TransactWriteItems')
      throw Object.assign(new Error('no'), { $metadata: { httpStatusCode: 400 } });
  });
  const read = await openReading(backend.through(unwritten));

  const answer = await read('/news/storm/views', {}, 'POST');

  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
});
