import { expect } from 'vitest';
import type { TestBackend } from './backend.ts';
import { randomNumbers } from './random-numbers.ts';

export const hosts = ['https://news.example.com', 'https://wire.example.org'] as const;
export const labels = ['Port', '港口', 'Trade'];
const hour = 3_600_000;

/** An article as an editor thinks of it, through all its names. */
export interface Told {
  slug: string;
  aliases: string[];
  id: string;
  title: string;
  text: string;
  tags: string[];
  publishedAt: string;
  draft: boolean;
  deleted: boolean;
}

/** Does what newsrooms do, by chance, and remembers what readers should see of it. */
export class Newsroom {
  readonly backend: TestBackend;
  readonly random: () => number;
  readonly articles: Told[] = [];
  host: (typeof hosts)[number] = hosts[0];
  private count = 0;

  constructor(backend: TestBackend, seed: number) {
    this.backend = backend;
    this.random = randomNumbers(seed);
  }

  /** The articles of a tag, or all, that readers may see now, the newest first. */
  visible(tag: string | undefined): Told[] {
    return this.articles
      .filter(({ draft, deleted, publishedAt }) => !draft && !deleted && publishedAt <= this.backend.time)
      .filter(({ tags }) => tag === undefined || tags.includes(tag))
      .sort((a, b) => (`${a.publishedAt}#${a.slug}` < `${b.publishedAt}#${b.slug}` ? 1 : -1));
  }

  pass(hours: number): void {
    this.backend.time = this.at(hours);
  }

  /** One operation by chance; answers its name. */
  async operate(): Promise<string> {
    const article = this.pick(this.articles.filter(({ deleted }) => !deleted));
    const gone = this.pick(this.articles.filter(({ deleted }) => deleted));
    const [name, act] = this.pick(this.possible(article, gone)) ?? this.publishing();
    await act();
    return name;
  }

  private possible(article: Told | undefined, gone: Told | undefined): [string, () => Promise<void>][] {
    const of = (change: () => Partial<Told>) => async () =>
      article && this.store(Object.assign(article, change()));
    return [
      this.publishing(),
      this.publishing(),
      ['edit', of(() => ({ title: this.word('Edited'), text: this.word('Corrected') }))],
      ['re-tag', of(() => ({ tags: this.tags() }))],
      ['back-date', of(() => ({ publishedAt: this.at(-24 * 60 * this.random()) }))],
      ['embargo', of(() => ({ publishedAt: this.at(72 * this.random()) }))],
      ['unpublish', of(() => ({ draft: true }))],
      ['publish again', of(() => ({ draft: false }))],
      ['rename', of(() => this.rename(article as Told))],
      ['host change', async () => this.move()],
      ['delete', async () => article && this.remove(article)],
      ['new article at a deleted address', async () => gone && this.publish(gone.slug)],
    ];
  }

  private publishing(): [string, () => Promise<void>] {
    return ['publish', () => this.publish(`story-${++this.count}`)];
  }

  private async publish(slug: string): Promise<void> {
    const isTaken = this.articles.some(
      (told) => (!told.deleted && told.slug === slug) || told.aliases.includes(slug),
    );
    if (isTaken) return;
    const told = {
      ...{ slug, aliases: [], id: '', title: this.word('News & <views>'), text: this.word('Text') },
      ...{ tags: this.tags(), publishedAt: this.at(-this.random()), draft: false, deleted: false },
    };
    this.articles.push(told);
    await this.store(told);
  }

  private move(): void {
    this.host = this.host === hosts[0] ? hosts[1] : hosts[0];
  }

  private rename({ slug, aliases }: Told): Partial<Told> {
    return aliases.length === 10 ? {} : { slug: `story-${++this.count}`, aliases: [...aliases, slug] };
  }

  private async store(told: Told): Promise<void> {
    const { slug, aliases, title, text, tags, publishedAt, draft } = told;
    const { stored } = await this.backend.put(slug, { aliases, title, text, tags, publishedAt, draft });
    expect(told.id === '' || told.id === stored.article.id).toBe(true);
    told.id = stored.article.id;
  }

  private async remove(told: Told): Promise<void> {
    await this.backend.remove(told.slug);
    told.deleted = true;
  }

  private tags(): string[] {
    return labels.filter(() => this.random() < 0.5);
  }

  private word(prefix: string): string {
    return `${prefix} ${Math.floor(this.random() * 1e9)}`;
  }

  private at(hours: number): string {
    return new Date(Date.parse(this.backend.time) + hours * hour).toISOString();
  }

  private pick<Value>(values: Value[]): Value | undefined {
    return values[Math.floor(this.random() * values.length)];
  }
}
