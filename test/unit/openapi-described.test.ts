import { expect, test } from 'vitest';
import { problemResponse } from '../../functions/runtime/problem.ts';
import { requireDescribed } from '../support/described.ts';

const site = 'http://localhost:3000';
const json = (body: unknown, headers: Record<string, string> = {}, status = 200) =>
  Response.json(body, { status, headers });
const listed = { items: [], next: null };
const saved = {
  outcome: 'created',
  slug: 'gates',
  url: `${site}/news/gates`,
  id: 'tag:example.com,2026-01-31:gates',
  status: 'published',
  version: 1,
  origin: 'api',
  publishedAt: '2026-01-31T00:00:00.000Z',
  updatedAt: '2026-01-31T00:00:00.000Z',
};
const created = { ETag: '"1"', Location: '/articles/gates' };
const sent = JSON.stringify({ title: 'Gates', text: 'Open.' });

test.each([
  ['GET', '/articles', json(listed)],
  ['HEAD', '/articles', new Response(null, { headers: { 'Content-Type': 'application/json' } })],
  ['PUT', '/articles/gates', json(saved, created, 201)],
  ['PATCH', '/articles/gates', problemResponse('wrong-method', {}, { Allow: 'GET' })],
  ['OPTIONS', '/news', new Response(null, { status: 204, headers: { Allow: 'GET' } })],
  ['GET', '/nowhere', problemResponse('not-found')],
  ['GET', '/tag/a%2Fb', problemResponse('not-found')],
])('a described answer passes: %s %s', async (method, path, response) => {
  await expect(requireDescribed(method, site + path, response, sent)).resolves.toBeUndefined();
});

test.each([
  ['GET', '/articles', 'answers 202, which is not described', json(listed, {}, 202)],
  ['GET', '/nowhere', 'answers 200, which is not described', json({})],
  ['PATCH', '/articles', 'answers 200, which is not described', json(listed)],
  ['DELETE', '/articles/gates', 'as text/plain, which is not', new Response('x', { status: 404 })],
  ['GET', '/articles', 'as text/plain, which is not described', new Response('[]')],
  ['GET', '/articles/gates', 'as text/plain', new Response('x', { status: 308, headers: created })],
  ['PUT', '/articles/gates', 'without Location', json(saved, { ETag: '"1"' }, 201)],
  ['PATCH', '/articles', 'without Allow', problemResponse('wrong-method')],
  ['GET', '/articles', 'must NOT have additional properties', json({ ...listed, more: 1 })],
  ['GET', '/articles', "must have required property 'slug'", json({ items: [{}], next: null })],
  ['PUT', '/articles/gates', 'where unreadable-json is described', problemResponse('unreadable-address')],
])('an undescribed answer is refused: %s %s %s', async (method, path, message, response) => {
  await expect(requireDescribed(method, site + path, response, sent)).rejects.toThrow(message);
});

test('an accepted body that is not as described is refused', async () => {
  const done = requireDescribed('POST', `${site}/articles`, json(saved, created, 201), '{"title": "Gates"}');

  await expect(done).rejects.toThrow('answers 201 to a body in another form than described');
});
