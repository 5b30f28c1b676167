import { expect } from 'vitest';
import { lintFeed } from '../../../functions/lint/lint-feed.ts';
import type { Site } from '../site.ts';
import { requireActionable, type Tally } from './answers.ts';

const html = { Accept: 'text/html' };
const json = { Accept: 'application/json' };

export type Place = [path: string, headers: Record<string, string>];

/** Where readers look besides the articles, with what they accept. */
export const places: Place[] = [
  ['/', html],
  ['/news', html],
  ['/news', json],
  ['/tag/tag-1', json],
  ['/opml.xml', {}],
  ['/sitemap.xml', {}],
  ...['', '/tag/tag-1', '/tag/edition-1'].flatMap((stream) =>
    ['rss.xml', 'atom.xml', 'feed.json'].map((file): Place => [`${stream}/${file}`, {}]),
  ),
];

/** Open pages and poll feeds as the public does, and accept nothing half. */
export class Readers {
  readonly #site: Site;
  readonly #tally: Tally;
  /** The validator that was last seen of each feed. */
  readonly #etags = new Map<string, string>();

  constructor(site: Site, tally: Tally) {
    this.#site = site;
    this.#tally = tally;
  }

  /** One article or place, as the chance, from 0 up to 1, has it. Answers the status. */
  read(slug: string, chance: number): Promise<number> {
    if (chance < 0.3) return this.open(`/news/${slug}`, html);
    if (chance < 0.45) return this.open(`/news/${slug}`, json);
    const place = places[Math.floor(((chance - 0.45) / 0.55) * places.length)] ?? places[0];
    return this.open(...(place as Place));
  }

  async open(path: string, headers: Record<string, string>): Promise<number> {
    const isFeed = /(rss\.xml|atom\.xml|feed\.json)$/.test(path);
    const etag = isFeed && this.#etags.get(path);
    const answer = await this.#site.fetch(path, {
      headers: { ...headers, ...(etag && { 'If-None-Match': etag }) },
    });
    const text = await answer.text();
    const { status } = answer;
    this.#tally.note(isFeed ? 'feed' : 'read', status);
    if ((await requireActionable(answer, text, { asPage: headers === html })) || status !== 200) {
      expect([200, 304, 308, 404, 410, 503]).toContain(status);
      return status;
    }
    if (isFeed) {
      const contentType = answer.headers.get('content-type') ?? '';
      expect(lintFeed(text, { url: this.#site.url + path, contentType })).toEqual([]);
      this.#etags.set(path, answer.headers.get('etag') ?? '');
    } else if (headers === html) expect(text.trimEnd()).toMatch(/<\/html>$/);
    return status;
  }
}
