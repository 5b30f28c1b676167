import { expect } from 'vitest';
import { readSite } from '../../functions/read-site.ts';
import { test } from '../support/backend-test.ts';
import { openReading, type Read, readBackend } from '../support/reading.ts';
import { watchStore } from '../support/watched-store.ts';

async function poll(read: Read, path: string, etag: string | null = null) {
  const answer = await read(path, etag === null ? {} : { 'If-None-Match': etag });
  return { status: answer.status, etag: answer.headers.get('etag'), text: await answer.text() };
}

test.for(['/rss.xml', '/atom.xml', '/feed.json'])(
  'gives %s anew when something else than its articles makes it another document',
  async (path, { backend }) => {
    await backend.put('storm', { title: 'Storm' });
    const before = await poll(await openReading(backend), path);
    const { context, ...rest } = readBackend(backend);
    const site = { ...context.site, title: 'Another title' };
    const app = readSite({ ...rest, context: { ...context, site }, rendering: 'another' });

    const after = await poll(
      async (path, headers) => app.request(path, { headers: headers ?? {} }),
      path,
      before.etag,
    );

    expect([before.status, after.status]).toEqual([200, 200]);
    expect(before.text).not.toContain('Another title');
    expect(after.text).toContain('Another title');
  },
);

test('tells subscribers of Atom of a removal behind its newest entries', async ({ backend }) => {
  for (let day = 1; day <= 25; day += 1)
    await backend.put(`a-${day}`, { publishedAt: `2026-05-${String(day).padStart(2, '0')}T08:00:00Z` });
  const { id } = (await backend.read('a-1')).article;
  const read = await openReading(backend);
  const before = await poll(read, '/atom.xml');

  await backend.remove('a-1');
  const after = await poll(read, '/atom.xml', before.etag);

  expect([before.status, after.status]).toEqual([200, 200]);
  expect(before.text).not.toContain(id);
  expect(after.text).toContain(`<at:deleted-entry ref="${id}"`);
});

test.for(['/rss.xml', '/atom.xml', '/feed.json'])(
  'leaves out of %s what was withdrawn between its card and its text',
  async (path, { backend }) => {
    await backend.put('storm', { title: 'Storm' });
    await backend.put('fog', { title: 'Fog', markdown: 'Not yet checked.' });
    let withdraw: (() => Promise<unknown>) | undefined = () => backend.put('fog', { draft: true });
    const store = watchStore(backend.store, async (command, { ExpressionAttributeValues: values }) => {
      if (command !== 'Query' || !JSON.stringify(values).includes('ARTICLE#fog')) return;
      const run = withdraw;
      withdraw = undefined;
      await run?.();
    });

    const { status, text } = await poll(await openReading(backend.through(store)), path);

    expect(withdraw).toBeUndefined();
    expect(status).toBe(200);
    expect(text).toContain('Storm');
    expect(text).not.toMatch(/fog|not yet checked/i);
  },
);
