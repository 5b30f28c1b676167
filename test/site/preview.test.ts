import { beforeAll, expect, test } from 'vitest';
import { newswire } from '../support/newswire.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite({
    files: {
      'style.css': 'h1 { letter-spacing: 1px }',
      'articles/filed.md': articleFile('Filed', '2026-01-02T10:00:00+08:00', ['views: 930']),
    },
  });
  return () => closeSound(site);
});

const publishedAt = '2026-01-03T10:00:00+08:00';
const html = { headers: { Accept: 'text/html' } };

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
async function preview(body: object): Promise<{ status: number; json: any }> {
  const answer = await signedFetch(`${site.url}/preview`, { method: 'POST', body });
  return { status: answer.status, json: await answer.json() };
}

/** What a page shows, apart from its count and from what only a preview, or only a public page, has. */
function shown(page: string): string {
  const body = page.slice(page.indexOf('<body>'));
  return body.replace(/<p class="preview".*?<\/p>/, '').replace(/<data class="views".*?<\/data>/, '');
}

test('shows the page that readers then get, and stores nothing', async () => {
  const body = { title: 'Shown', text: 'Some text.', publishedAt, tags: ['Port'] };
  const { status, json } = await preview({ slug: 'shown', ...body });
  const before = await site.fetch('/news/shown');
  await signedFetch(`${site.url}/articles/shown`, { method: 'PUT', body });
  const page = await (await site.fetch('/news/shown', html)).text();

  expect([status, before.status]).toEqual([200, 404]);
  expect(json.removed).toEqual([]);
  expect(shown(json.html)).toBe(shown(page));
  expect(json.html).toContain('Preview: readers do not see this yet.');
  expect(json.html).toContain(`<base href="${site.url}/" target="_blank"/>`);
  expect(json.html).toContain('<meta name="robots" content="noindex"/>');
  expect(json.html).not.toMatch(/<script|rel="canonical"|og:/);
  const stylesheet = /\/style\.\w+\.css/.exec(page)?.[0];
  expect(json.html).toContain(`href="${stylesheet}"`);
});

test('shows an edit of a stored article with its count and its neighbours', async () => {
  await site.fetch('/news/filed', html);
  const { json } = await preview({ slug: 'filed', title: 'Filed anew', text: 'Other text.' });
  const again = await preview({ slug: 'filed', title: 'Filed anew', text: 'Other text.' });

  expect(json.html).toContain('<data class="views" value="931">');
  expect(again.json.html).toContain('<data class="views" value="931">');
  expect(json.html).toContain('<h1 class="p-name">Filed anew</h1>');
  expect((await site.json('/news/filed')).title).toBe('Filed');
});

test('names every fault, and what the cleaning leaves out', async () => {
  const faulty = await preview({ slug: 'No', title: '', text: 'Text', tags: 'Port', sumary: 'x' });
  const cut = await preview({ title: 'Cut', html: '<p>Text<script>alert(1)</script></p>' });

  expect(faulty.status).toBe(422);
  const pointers = faulty.json.errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(pointers.sort()).toEqual(['/slug', '/sumary', '/tags', '/title']);
  expect(cut.json.removed).toMatchObject([{ element: 'script' }]);
  expect(cut.json.html).not.toContain('alert');
});

test('the command prints the link, and another one when asked to', async () => {
  await signedFetch(`${site.url}/articles/notes`, {
    method: 'PUT',
    body: { title: 'Notes', text: 'To be checked.', draft: true },
  });
  const run = (...args: string[]) => newswire('preview', ...args, '--to', site.url);

  const [first, again, renewed] = [await run('notes'), await run('notes'), await run('notes', '--renew')];
  const page = await site.fetch(renewed.out[0]?.slice(site.url.length) ?? '', html);

  expect(again.out).toEqual(first.out);
  expect(renewed.out).not.toEqual(first.out);
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(await page.text()).toContain('To be checked.');
  expect((await site.fetch(first.out[0]?.slice(site.url.length) ?? '')).status).toBe(404);
  expect([await run('filed'), await run('never')]).toMatchObject([
    { code: 1, err: [expect.stringContaining('Everybody can read the article')] },
    { code: 1, err: ['never: there is no such article (newswire -- list)'] },
  ]);
});

test('a local stage shows drafts at their addresses when it is to, and lists them nowhere', async () => {
  const files = {
    'articles/idea.md': articleFile('Idea', publishedAt, ['draft: true']),
    'articles/coming.md': articleFile('Coming', '2099-01-02T10:00:00+08:00'),
    'articles/filed.md': articleFile('Filed', publishedAt),
  };
  const stage = await startSite({ drafts: true, files });

  for (const slug of ['idea', 'coming']) {
    const page = await stage.fetch(`/news/${slug}`, html);
    expect([page.status, page.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
    expect(await page.text()).toContain('Preview: readers do not see this yet.');
  }
  expect((await stage.fetch('/news/never', html)).status).toBe(404);
  expect(await (await stage.fetch('/news/filed', html)).text()).not.toContain('class="preview"');
  expect((await stage.json('/news')).items).toHaveLength(1);
  await closeSound(stage);
});
