import { feedPath, streamPath } from '../../../../functions/article/addresses.ts';
import { labelName } from '../../../../functions/article/stream-name.ts';
import { labelsOf } from '../labels.ts';
import type { OldAddress } from '../old-site.ts';
import type { Named } from './tables.ts';

/** Where the lists of published posts were, by tag and by author. */
export class ListAddresses {
  private readonly tags = new Map<Named, { first: number; other: number }>();
  private readonly authors = new Set<Named>();
  private readonly root: string;

  constructor(home: string) {
    this.root = home && new URL(home).pathname.replace(/\/$/, '');
  }

  /** Of one published post, in its order. */
  add(tags: Named[], authors: Named[]): void {
    for (const [index, tag] of tags.entries()) {
      const count = this.tags.get(tag) ?? { first: 0, other: 0 };
      count[index === 0 ? 'first' : 'other'] += 1;
      this.tags.set(tag, count);
    }
    for (const author of authors) this.authors.add(author);
  }

  /** A tag that most often stands first is a category now. There is no page of an author: all news stand there. */
  *entries(): Generator<OldAddress> {
    for (const [tag, { first, other }] of this.tags) {
      const [label] = labelsOf([], [tag.name]).tags;
      if (label === undefined || tag.slug === '') continue;
      const stream = `${first >= other ? 'category' : 'tag'}/${labelName(label)}`;
      const from = `${this.root}/tag/${tag.slug}/`;
      const place = `tag ${JSON.stringify(tag.name)}`;
      if (from !== `${streamPath(stream)}/`) yield { kind: 'address', place, from, to: streamPath(stream) };
      yield { kind: 'address', place, from: `${from}rss/`, to: feedPath(stream, 'rss') };
    }
    for (const { name, slug } of this.authors)
      if (slug)
        yield {
          kind: 'address',
          place: `author ${JSON.stringify(name)}`,
          from: `${this.root}/author/${slug}/`,
          to: '/news',
        };
  }
}
