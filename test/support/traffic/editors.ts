import { expect } from 'vitest';
import { repeat } from '../repeat.ts';
import { signedFetch } from '../sign.ts';
import type { Site } from '../site.ts';
import { requireActionable, type Tally } from './answers.ts';
import { describeEdition, type Step, Story } from './story.ts';

/** Write stories of their own, each alone with its own, and remember what they were told. */
export class Editors {
  readonly stories: Story[];
  readonly #site: Site;
  readonly #tally: Tally;

  constructor(site: Site, count: number, tally: Tally) {
    this.#site = site;
    this.#tally = tally;
    this.stories = Array.from({ length: count }, (_, number) => new Story(number));
  }

  /** One step of a story, asked for up to `patience` times. One call at a time for each story. */
  async write(story: Story, chance: number, patience: number): Promise<void> {
    story.pending ??= story.next(chance);
    for (let attempt = 0; story.pending && attempt < patience; attempt++)
      await this.#ask(story, story.pending);
  }

  /** Every story is as its editor was last told, or as what he then asked for and heard nothing of would make it. */
  async expectNothingLost(): Promise<void> {
    await repeat(this.stories.length, 8, async (index) => {
      const story = this.stories[index] as Story;
      const possible = [story.standing, ...(story.pending ? [story.pending.after] : [])];
      expect(possible.map((standing) => story.expected(standing))).toContainEqual(await this.#find(story));
    });
  }

  /** Asks again, once, for what was not answered for. */
  async repeatPending(): Promise<void> {
    await repeat(this.stories.length, 8, async (index) => {
      const story = this.stories[index] as Story;
      if (story.pending) await this.#ask(story, story.pending);
      expect(story.pending).toBeUndefined();
    });
  }

  /** There are the articles that the editors were told of, each once, and no others. */
  async expectNothingDoubled(): Promise<void> {
    const slugs: string[] = [];
    for (let path: string | null = '/articles'; path !== null; ) {
      const page = (await (await signedFetch(this.#site.url + path)).json()) as Listing;
      slugs.push(...page.items.map(({ slug }) => slug));
      path = page.next;
    }
    const told = this.stories.flatMap(({ standing: { at }, slugs }) => (at === undefined ? [] : [slugs[at]]));
    expect(slugs.sort()).toEqual(told.sort());
  }

  async #ask(story: Story, { method, path, body, guarded, after }: Step): Promise<void> {
    const headers: Record<string, string> = guarded ? { 'If-Match': story.etag } : {};
    const answer = await signedFetch(this.#site.url + path, { method, body, headers });
    const text = await answer.text();
    this.#tally.note(method, answer.status);
    if (await requireActionable(answer, text)) return;
    expect([method, path, answer.status, text]).toEqual([
      ...[method, path, expect.toSatisfy((status: number) => [200, 201, 204].includes(status))],
      expect.any(String),
    ]);
    if (method === 'POST') expect(answer.headers.get('location')).toBe(`/articles/${story.slugs[0]}`);
    story.etag = answer.headers.get('etag') ?? '';
    story.standing = after;
    story.pending = undefined;
  }

  #find({ slugs }: Story): Promise<string[]> {
    return Promise.all(
      slugs.map(async (slug) => {
        const answer = await signedFetch(`${this.#site.url}/articles/${slug}`);
        if (answer.status === 404) return 'nothing';
        if (answer.status === 308)
          return `moved to ${answer.headers.get('location')?.slice('/articles/'.length)}`;
        const { status, article } = (await answer.json()) as Stored;
        return status === 'gone' ? status : `${status} ${describeEdition(article)}`;
      }),
    );
  }
}

interface Listing {
  items: { slug: string }[];
  next: string | null;
}

interface Stored {
  status: string;
  article: { html: string; tags: string[] };
}
