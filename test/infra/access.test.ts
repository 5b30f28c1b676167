import { afterEach, expect, test, vi } from 'vitest';
import { requireAccess } from '../../infra/tools/api/access.ts';
import { smokeAccess } from '../../infra/tools/smoke.ts';

const local = { accessKeyId: 'local', secretAccessKey: 'local' };
const api = 'https://abc.execute-api.eu-west-1.amazonaws.com';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['this machine', undefined, {}, 'http://localhost:3000'],
  ['BASE_URL', undefined, { BASE_URL: 'http://127.0.0.1:8080/' }, 'http://127.0.0.1:8080'],
  [
    'PUBLISH_URL before it',
    undefined,
    { BASE_URL: 'https://example.com', PUBLISH_URL: 'http://a.localhost/articles' },
    'http://a.localhost',
  ],
  ['--to before all', 'http://[::1]:3000/', { PUBLISH_URL: 'https://example.com' }, 'http://[::1]:3000'],
])('publishes to %s, signed as the local stage asks for', (_where, to, environment, publishUrl) => {
  const own = { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-north-1' };

  expect(requireAccess(to, { ...own, ...environment })).toMatchObject({
    publishUrl,
    region: 'us-east-1',
    credentials: local,
  });
});

test.each([
  ['its address', `${api}/articles`, { AWS_REGION: 'us-west-2' }, 'eu-west-1'],
  ['AWS_REGION', 'https://news.example.com', { AWS_REGION: 'us-west-2' }, 'us-west-2'],
  ['AWS_DEFAULT_REGION', 'https://news.example.com', { AWS_DEFAULT_REGION: 'us-west-1' }, 'us-west-1'],
])('takes the region from %s', (_what, to, environment, region) => {
  expect(requireAccess(to, environment).region).toBe(region);
});

test('finds the credentials of the user for any other site', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'mine');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  const { credentials } = requireAccess(api, {});

  const found = typeof credentials === 'function' ? await credentials() : credentials;

  expect(found).toMatchObject({ accessKeyId: 'mine', secretAccessKey: 'secret', sessionToken: 'token' });
});

test.each([
  ['ftp://example.com', {}, 'ftp://example.com is no http or https address'],
  ['', {}, ' is no http or https address'],
  [
    'https://….amazonaws.com/articles',
    {},
    'https://….amazonaws.com/articles is no http or https address: put the output PublishUrl here',
  ],
  [
    'https://news.example.com',
    {},
    "The address https://news.example.com names no AWS region: set AWS_REGION to the stage's",
  ],
  // Whoever owns the domain would get a signature with local/local.
  ['http://localhost.example.com', {}, 'names no AWS region'],
  ['http://127.0.0.1.example.com', {}, 'names no AWS region'],
  ['http://mylocalhost', {}, 'names no AWS region'],
])('refuses %s', (to, environment, message) => {
  expect(() => requireAccess(to, environment)).toThrow(message);
});

const own = { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-north-1' };

test('smoke signs on this machine as every other command does, whoever the user is elsewhere', () => {
  expect(smokeAccess(own)).toEqual({
    ...requireAccess(undefined, own),
    baseUrl: 'http://localhost:3000',
    siteUrl: 'http://localhost:3000',
  });
});

test('smoke signs for a deployed site as the user, in the region of its address', () => {
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
])('smoke refuses %j', (environment, message) => {
  expect(() => smokeAccess(environment)).toThrow(message);
});
