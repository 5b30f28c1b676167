import { expect, test } from 'vitest';
import { requireAccess } from '../../infra/tools/api/access.ts';
import { smokeAccess } from '../../infra/tools/smoke.ts';

const own = { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-north-1' };
const api = 'https://abc.execute-api.eu-west-1.amazonaws.com';

test('signs on this machine as every other command does, whoever the user is elsewhere', () => {
  expect(smokeAccess(own)).toEqual({
    ...requireAccess(undefined, own),
    baseUrl: 'http://localhost:3000',
    siteUrl: 'http://localhost:3000',
  });
});

test('signs for a deployed site as the user, in the region of its address', () => {
  const settings = smokeAccess({
    ...own,
    BASE_URL: 'https://news.example.com/',
    PUBLISH_URL: `${api}/articles`,
  });

  expect(settings).toEqual({
    baseUrl: 'https://news.example.com',
    publishUrl: api,
    siteUrl: 'https://news.example.com',
    region: 'eu-west-1',
    credentials: expect.any(Function),
  });
});

test.each([
  [{ BASE_URL: 'news' }, 'BASE_URL=news is no http or https address'],
  [{ PUBLISH_URL: 'news' }, 'PUBLISH_URL=news is no http or https address'],
  [{ SITE_URL: 'news' }, 'SITE_URL=news is no http or https address'],
  [{ BASE_URL: 'https://news.example.com' }, 'names no AWS region'],
])('refuses %j', (environment, message) => {
  expect(() => smokeAccess(environment)).toThrow(message);
});
