import { onTestFinished } from 'vitest';
import { parseSite } from '../../functions/article/site.ts';
import { isFollowed } from '../../functions/pull/article-of-item.ts';
import { pullSources } from '../../functions/pull-sources.ts';
import { readListing } from '../../functions/store/listing.ts';
import { readSources } from '../../functions/store/sources.ts';
import type { TestBackend } from './backend.ts';
import { thisMachine } from './hub.ts';
import { startUpstream, type Upstream, type UpstreamItem } from './upstream.ts';

const site = `title: Bund News
description: News.
authority: news.example.com
language: en
timeZone: UTC
sources:`;

/** A site that follows these, each under a name and with its settings, in YAML. */
export function following(
  backend: TestBackend,
  ...sources: [name: string, feed: string, settings?: string][]
) {
  const yaml = sources.map(
    ([name, feed, settings = '']) =>
      `\n  - { name: "${name}", feed: "${feed}", follow: { ${settings.includes('publish') ? '' : 'publish: at-once, '}${settings} } }`,
  );
  const { sources: parsed } = parseSite(site + yaml.join(''));
  const desk = Object.assign(Object.create(backend), {
    sources: parsed.filter(isFollowed),
    network: thisMachine,
    chance: () => 0,
  });
  return {
    desk,
    /** At this time; the source's next time by default. */
    async pull(time?: string) {
      const times = [...(await readSources(backend.store)).values()].map(({ nextTry = '' }) => nextTry);
      backend.time = time ?? (times.sort().at(-1) || backend.time);
      return pullSources(desk);
    },
    state: async (name = 'Upstream') => (await readSources(backend.store)).get(name),
  };
}

export async function upstreamWith(...items: UpstreamItem[]): Promise<Upstream> {
  const upstream = await startUpstream(items);
  onTestFinished(() => upstream.close());
  return upstream;
}

export function story(n: number, fields: UpstreamItem = {}): UpstreamItem {
  const day = String(n).padStart(2, '0');
  return {
    id: `story-${n}`,
    url: `https://upstream.example/${n}`,
    title: `Story ${n}`,
    content_html: `<p>Text ${n}.</p>`,
    date_published: `2026-05-${day}T08:00:00Z`,
    ...fields,
  };
}

export async function slugsOf({ store }: TestBackend): Promise<string[]> {
  return (await readListing(store)).map(({ slug }) => slug).sort();
}
