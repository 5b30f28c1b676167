import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { renderAtom } from '../../functions/feed/atom.ts';
import { loadRendering, settingsOfFeeds } from '../../functions/feed/backend.ts';
import { renderJsonFeed } from '../../functions/feed/json-feed.ts';
import { renderRss } from '../../functions/feed/rss.ts';
import { setting } from '../../functions/runtime/environment.ts';
import { archiveStream, context, richStream } from '../fixtures/samples.ts';
import { temporaryFolder } from '../infra/content-folder.ts';

const asset = {
  site: { ...context.site, accent: '#0a7f5a' } as Record<string, unknown>,
  media: context.media as unknown,
  baseUrl: 'https://news.example.com',
  build: '0123456789abcdef',
};

afterEach(() => vi.unstubAllEnvs());

/** The hash in an execution environment with this content and these settings. */
function renderingIn({ site, media, baseUrl, build }: typeof asset): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'content'));
  writeFileSync(join(root, 'content/site.json'), JSON.stringify(site));
  writeFileSync(join(root, 'content/media.json'), JSON.stringify(media));
  vi.stubEnv('LAMBDA_TASK_ROOT', root);
  vi.stubEnv(setting.baseUrl, baseUrl);
  vi.stubEnv(setting.rendererBuild, build);
  return loadRendering().rendering;
}

test.each([
  ['the title', { site: { ...asset.site, title: 'Another' } }],
  ['the time zone', { site: { ...asset.site, timeZone: 'UTC' } }],
  ['a hub', { site: { ...asset.site, hubs: ['https://hub.example.org/'] } }],
  [
    'a credit line',
    { site: { ...asset.site, sources: [{ name: 'River Gazette', credit: 'By permission' }] } },
  ],
  [
    'a word that feeds say themselves',
    { site: { ...asset.site, messages: { en: { feedWords: { one: 'Set right' } } } } },
  ],
  ['a picture', { media: {} }],
  ['the base URL', { baseUrl: 'https://www.example.com' }],
  ['the code of the renderers', { build: 'fedcba9876543210' }],
])('moves with %s', (_what, change) => {
  expect(renderingIn({ ...asset, ...change })).not.toBe(renderingIn(asset));
});

test.each([
  ['the colour', { accent: '#9c2b1f' }],
  ['the navigation', { navigation: [{ label: 'News', url: '/news' }] }],
  ['the footer', { footer: ['All rights reserved'] }],
  ['the address', { address: ['1 Quay'] }],
  ['the logo', { logo: 'bridge.png' }],
  ['a label of pages', { messages: { en: { latest: 'Just in' } } }],
])('stays when %s changes, which no feed shows', (_what, settings) => {
  const site = { ...asset.site, ...settings };

  expect(renderingIn({ ...asset, site })).toBe(renderingIn(asset));
});

test('knows every setting that a feed shows', () => {
  const read = new Set<PropertyKey>();
  const site = new Proxy(context.site, {
    get(settings, name) {
      read.add(name);
      return settings[name as keyof typeof settings];
    },
  });

  renderRss(richStream, { ...context, site });
  renderRss(archiveStream('rss'), { ...context, site });
  renderAtom(richStream, { ...context, site });
  renderAtom(archiveStream('atom'), { ...context, site });
  renderJsonFeed(richStream, { ...context, site });

  // Of messages only what feeds say themselves.
  expect([...read].sort()).toEqual([...settingsOfFeeds, 'messages'].sort());
});
