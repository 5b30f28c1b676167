import { parseArticleInput } from '../../functions/article/article-input.ts';
import { dayOf } from '../../functions/article/calendar.ts';
import type { Site } from '../../functions/article/site.ts';
import type { Store } from '../../functions/store/connection.ts';
import { countView } from '../../functions/store/count-view.ts';
import { findArticle } from '../../functions/store/read-article.ts';
import type { WriteBackend } from '../../functions/write/backend.ts';
import { eraseArticle } from '../../functions/write/erase-article.ts';
import {
  type ImportOptions,
  type ImportReport,
  importArticles,
} from '../../functions/write/import-articles.ts';
import { removeArticle } from '../../functions/write/remove-article.ts';
import { type Saved, type Write, writeArticle } from '../../functions/write/write-article.ts';
import { checkStore } from './checker.ts';
import { createTables, dropTables } from './tables.ts';

/** Of an article as it is sent. */
export type Fields = Record<string, unknown>;

/** A write backend on tables of its own, whose clock stands until a test moves it. */
export class TestBackend implements WriteBackend {
  readonly authority = 'news.example.com';
  readonly baseUrl = 'https://news.example.com';
  timeZone = 'Asia/Shanghai';
  site?: Site;
  readonly now = () => this.time;
  time = '2026-06-01T12:00:00.000Z';
  readonly store: Store;

  private constructor(store: Store) {
    this.store = store;
  }

  static async open(): Promise<TestBackend> {
    return new TestBackend(await createTables());
  }

  /** A backend on tables that somebody else has made, and drops. */
  static on(store: Store): TestBackend {
    return new TestBackend(store);
  }

  close(): Promise<void> {
    return dropTables(this.store);
  }

  /** The same backend, reaching its tables through another client. */
  through(store: Store): TestBackend {
    return Object.create(this, { store: { value: store } });
  }

  /** The same backend by another clock, which stands. */
  at(time: string): TestBackend {
    return Object.create(this, { time: { value: time }, now: { value: () => time } });
  }

  /** What the checker finds wrong. */
  check(): Promise<string[]> {
    return checkStore(this.store, { now: this.time });
  }

  /** Stores as the write API does; a field that is undefined is not sent. */
  put(slug: string, fields: Fields = {}, options: Partial<Write> = {}): Promise<Saved> {
    const hasBody = ['markdown', 'html', 'text'].some((name) => name in fields);
    const input = parseArticleInput(slug, {
      ...{ title: `About ${slug}`, publishedAt: '2026-05-01T08:00:00Z' },
      ...(hasBody ? fields : { markdown: 'Text', ...fields }),
    });
    return writeArticle(this, { slug, input, origin: 'api', ...options });
  }

  async remove(slug: string): Promise<boolean> {
    return (await removeArticle(this, { slug, origin: 'api' })) === 'removed';
  }

  erase(slug: string): Promise<boolean> {
    return eraseArticle(this, slug);
  }

  /** Imports these texts of content files, by slug, as a deployment does. */
  import(files: Record<string, string>, options: Partial<ImportOptions> = {}): Promise<ImportReport> {
    return importArticles(this, {
      files: namedFiles(files),
      allowMassRemoval: false,
      takeFiles: false,
      ...options,
    });
  }

  /** Counts one view of the article. */
  async view(slug: string): Promise<void> {
    const { id } = (await this.read(slug)).article;
    // Tokens hold for ten minutes and for all tables of a DynamoDB Local, so each run needs its own.
    const token = crypto.randomUUID();
    await countView(this.store, { id, token, day: dayOf(this.time, this.timeZone) });
  }

  /** The article at this address; fails when there is none. */
  async read(slug: string) {
    const found = await findArticle(this.store, slug);
    if (!found || 'movedTo' in found) throw new Error(`There is no article at ${slug}`);
    return found;
  }
}

/** Texts of content files, by slug, as the import gets them. */
export function namedFiles(files: Record<string, string>): Map<string, Uint8Array> {
  return new Map(Object.entries(files).map(([slug, text]) => [`${slug}.md`, Buffer.from(text)]));
}
