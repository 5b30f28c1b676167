import { pushPath } from '../../../functions/article/addresses.ts';
import { parseArticleInput } from '../../../functions/article/article-input.ts';
import type { Store } from '../../../functions/store/connection.ts';
import { forgetSource, keepSource, readSources } from '../../../functions/store/sources.ts';
import { keepDocument } from '../../../functions/store/stored-feed.ts';
import { readSubscriptions } from '../../../functions/store/subscriptions.ts';
import { writeArticle } from '../../../functions/write/write-article.ts';
import { pictureEndings } from '../../../infra/media-files.ts';
import { png, siteYaml } from '../../infra/content-folder.ts';
import { copy, lose } from '../corrupt.ts';
import { noise } from '../noise.ts';
import { requestRepair } from '../repair.ts';
import { signedFetch } from '../sign.ts';
import { articleFile, type Site } from '../site.ts';
import { connectLocal } from '../tables.ts';
import type { Upstream } from '../upstream.ts';

const publishedAt = '2026-01-02T10:00:00+08:00';

/** What the site begins with. */
export const filesWith = (hub: string, feed = 'http://127.0.0.1:9/feed.json') => ({
  'site.yaml': `${siteYaml}\nhubs: [${hub}]\nsources: [{ name: Desk, feed: "${feed}", follow: { publish: at-once, pictures: copy } }]`,
  'media/pier.png': png,
  ...Object.fromEntries(pictureEndings.map((ending) => [`media/as.${ending}`, png])),
  'articles/port.md': articleFile('Port', publishedAt, ['tags: [Port]', 'views: 930', 'aliases: [harbour]']),
  'articles/pier.md': articleFile('Pier', publishedAt, ['tags: [Port]', 'category: Trade']),
});

/** Has every function do everything it ever does. Answers what the sweep did. */
export async function doEverything(site: Site, upstream: Upstream): Promise<unknown> {
  await importChanges(site);
  await storePictures(site);
  await readEverything(site);
  await publishAndRemove(site);
  await announceChange(site);
  await pullSource(site, upstream);
  await repairRows(site);
  const swept = await sweepEmbargo(site);
  // Ranked by the sweep.
  for (const path of ['/', '/most-read']) await (await site.fetch(path)).text();
  return swept;
}

async function importChanges(site: Site): Promise<void> {
  await site.save({ 'articles/port.md': articleFile('Port', publishedAt, ['tags: [Trade]']) });
  await site.save({ 'articles/pier.md': undefined });
}

async function storePictures({ url, fetch: get }: Site): Promise<void> {
  const send = (call: { raw?: Buffer; body?: unknown }) =>
    signedFetch(`${url}/media/sent.png`, { method: 'PUT', ...call });
  const asked = await send({ body: { length: png.length, type: 'image/png' } });
  const { upload, url: address, headers } = (await asked.json()) as Record<string, string>;
  await fetch(address ?? '', { method: 'PUT', headers: Object(headers), body: new Uint8Array(png) });
  const { path } = (await (await send({ body: { upload } })).json()) as { path: string };
  await signedFetch(`${url}/media`);
  await get(path);
  const other = { raw: Buffer.concat([png, png]), headers: { 'Content-Type': 'image/png' } };
  await signedFetch(`${url}/media/sent.png`, { method: 'PUT', ...other });
  await signedFetch(`${url}/media/sent.png`, { method: 'DELETE' });
}

async function readEverything(site: Site): Promise<void> {
  const html = { headers: { Accept: 'text/html' } };
  for (const path of [
    '/',
    '/news',
    '/tag/trade',
    '/tag/nothing',
    '/news/port',
    '/news/pier',
    '/news/harbour',
  ])
    await (await site.fetch(path, html)).text();
  for (const path of ['/news/port', '/category/trade']) await site.json(path);
  await site.fetch('/news/port/views', { method: 'POST' });
  await site.fetch('/media/pier.png');
  await leaveOldDocument(site, 'news');
  for (const feed of ['/rss.xml', '/rss.xml', '/atom.xml', '/feed.json', '/tag/trade/rss.xml']) {
    const { headers } = await site.fetch(feed);
    await site.fetch(feed, { headers: { 'If-None-Match': headers.get('etag') ?? '' } });
  }
}

async function publishAndRemove(site: Site): Promise<void> {
  const send = (slug: string, method: string, body?: unknown) =>
    signedFetch(`${site.url}/articles/${slug}`, { method, body });
  const article = { title: 'Sent', text: 'Some text.', publishedAt };
  await send('sent', 'PUT', { ...article, tags: ['Port'], views: 7, guid: 'one' });
  await send('sent', 'PUT', { ...article, tags: ['Ship'], publishedAt: '2026-01-01T10:00:00+08:00' });
  await send('renamed', 'PUT', { ...article, aliases: ['sent'] });
  await send('translated', 'PUT', { ...article, translations: ['port'] });
  await site.json('/news/translated');
  await send('draft', 'PUT', { ...article, draft: true });
  await send('draft', 'GET');
  const { url } = (await (await send('draft/preview', 'POST')).json()) as { url: string };
  await site.fetch(url.slice(site.url.length));
  await send('draft', 'PUT', article);
  const sample = { slug: 'draft', ...article, translations: ['port'] };
  await signedFetch(`${site.url}/preview`, { method: 'POST', body: sample });
  await signedFetch(`${site.url}/stats`);
  await signedFetch(`${site.url}/settings`);
  const redirects = [{ from: '/old', to: '/news/translated' }];
  await signedFetch(`${site.url}/redirects`, { method: 'PUT', body: { redirects } });
  await site.fetch('/old');
  await signedFetch(`${site.url}/redirects`);
  await signedFetch(`${site.url}/redirects`, { method: 'DELETE', body: { from: ['/old'] } });
  await send('renamed', 'DELETE');
  await send('renamed/erase', 'POST');
  const id = 'tag:news.example.com,2026-01-02:kept';
  await send('kept', 'PUT', { ...article, id });
  await send('kept', 'DELETE');
  await site.save({ 'articles/kept.md': articleFile('Kept', publishedAt, [`id: ${id}`]) });
  await site.stage.drained();
}

async function announceChange(site: Site): Promise<void> {
  const body = { title: 'Told', text: 'Some text.', publishedAt, tags: ['Told'] };
  await leaveOldDocument(site, 'tag/told');
  await signedFetch(`${site.url}/articles/told`, { method: 'PUT', body });
  await site.stage.drained();
}

async function pullSource({ stage, ...site }: Site, upstream: Upstream): Promise<void> {
  const pictures: Record<string, Buffer> = { '/pier.png': png, '/cut.png': png.subarray(0, 40) };
  const shown = Object.keys(pictures).map((path) => `<img src="${upstream.home}${path}">`);
  const story = { id: 'story', date_published: publishedAt, content_html: `<p>Told.</p>${shown.join('')}` };
  upstream.items = [{ ...story, title: 'Told elsewhere' }];
  // It is its own hub, and refuses to be one.
  upstream.behave = (answer, { method, url = '' }) => {
    if (pictures[url]) return answer.writeHead(200).end(pictures[url]);
    answer.setHeader('link', `<${upstream.url}>; rel=hub, <${upstream.url}>; rel=self`);
    return method === 'POST' ? answer.writeHead(503).end() : undefined;
  };
  // The item waits for its pictures.
  for (const name of ['PullSources', 'Media', 'PullSources']) await stage.fire(name);
  const store = storeOf({ stage, ...site });
  const [state] = (await readSources(store)).values();
  const [subscription] = (await readSubscriptions(store)).values();
  const refusal = new URLSearchParams({ 'hub.mode': 'denied', 'hub.topic': upstream.url });
  await site.fetch(`${pushPath(subscription?.id ?? '')}?${refusal}`);
  // As if its time had come, and as if another source had been followed before.
  await forgetSource(store, 'Desk');
  if (state) await keepSource(store, { ...state, name: 'Former' }, undefined);
  upstream.items = [{ ...story, title: 'Told again' }];
  await stage.fire('PullSources');
  await signedFetch(`${site.url}/sources`);
  await stage.drained();
}

async function repairRows(site: Site): Promise<void> {
  // Without lists there are none to compute anew.
  await site.stage.fire('Sweep');
  const { store } = site;
  const card = 'STREAM#tag/told 2026-01-02T02:00:00.000Z#told';
  await copy(card, 'STREAM#tag/port 2026-01-02T02:00:00.000Z#told')(store);
  await lose(card)(store);
  await requestRepair(site.url);
}

async function sweepEmbargo(site: Site): Promise<unknown> {
  const backend = {
    store: storeOf(site),
    authority: 'news.example.com',
    baseUrl: site.url,
    timeZone: 'UTC',
    // The embargo was still to end when the article was stored.
    now: () => '2026-01-01T00:00:00.000Z',
  };
  const fields = { title: 'Awaited', text: 'Some text.', publishedAt, tags: ['Awaited'] };
  const input = parseArticleInput('awaited', fields);
  await writeArticle(backend, { slug: 'awaited', input, origin: 'api' });
  await site.stage.drained();
  await leaveOldDocument(site, 'tag/awaited');
  return site.stage.fire('Sweep');
}

/** A feed document of more chunks than what will replace it. */
async function leaveOldDocument(site: Site, stream: string): Promise<void> {
  const document = { etag: 'W/"old"', lastModified: '2026-01-01T00:00:00.000Z', text: noise(600_000) };
  await keepDocument(storeOf(site), stream, 'rss', document, undefined);
}

/** Reaches the tables past the guard. */
function storeOf({ stage }: Site): Store {
  return { client: connectLocal(), content: stage.tables.Content ?? '', views: stage.tables.Views ?? '' };
}
