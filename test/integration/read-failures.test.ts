import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { test } from '../support/desk-test.ts';
import { openReading } from '../support/reading.ts';

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
  async ([kind, status, wait, title, , broken], { desk }) => {
    const read = await openReading(desk.through({ ...desk.store, ...broken }));

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
