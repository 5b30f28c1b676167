import { dayOf } from '../../../../functions/article/calendar.ts';
import { isTimeZone } from '../../../../functions/article/site.ts';
import { type JsonObject, objectOf } from '../../../../functions/pull/feed-json.ts';
import { textOf } from './cards.ts';
import { parsed } from './lexical.ts';
import { readRows } from './rows.ts';

export interface Named {
  name: string;
  slug: string;
}

/** What the rows of posts refer to. */
export interface Tables {
  posts: number;
  /** Where the site is, if a setting says it. */
  home: string | undefined;
  /** Whether a text or a picture has an address that begins with the home page. */
  needsHome: boolean;
  /** Those that readers see, in their order. */
  tagsOf(post: JsonObject): Named[];
  authorsOf(post: JsonObject): Named[];
  /** Its path below the home page, by what Ghost 1 kept among its settings. */
  pathOf(post: JsonObject, publishedAt: string | undefined): string;
  /** Of the lead picture. */
  metaOf(post: JsonObject): { alt: string | undefined; caption: string | undefined };
}

/** All tables but the posts, which are only counted. Throws CommandError. */
export async function readTables(file: string): Promise<Tables> {
  const [tags, users] = [new Map<string, Named>(), new Map<string, Named>()];
  const [tagged, written] = [new Links('tag_id'), new Links('author_id')];
  const metas = new Map<string, ReturnType<Tables['metaOf']>>();
  let [posts, needsHome] = [0, false];
  let [home, permalinks, timeZone]: (string | undefined)[] = [];
  for await (const { table, json = '' } of readRows(file)) {
    if (table === 'posts') {
      posts += 1;
      needsHome ||= json.includes('__GHOST_URL__') || json.includes('"/content/');
      continue;
    }
    const row = objectOf(parsed(json));
    const named = { name: textOf(row.name).trim(), slug: textOf(row.slug) };
    const isShown = row.visibility !== 'internal' && !named.name.startsWith('#');
    if (table === 'tags' && isShown) tags.set(keyOf(row.id), named);
    else if (table === 'users') users.set(keyOf(row.id), named);
    else if (table === 'posts_tags') tagged.add(row);
    else if (table === 'posts_authors') written.add(row);
    else if (table === 'posts_meta')
      metas.set(keyOf(row.post_id), {
        alt: textOf(row.feature_image_alt) || undefined,
        caption: textOf(row.feature_image_caption) || undefined,
      });
    else if (table === 'settings') {
      const value = textOf(row.value);
      home ??= homeIn(row);
      if (row.key === 'permalinks' && value.includes(':slug')) permalinks = value;
      if (/timezone$/i.test(textOf(row.key)) && isTimeZone(value)) timeZone = value;
    }
  }
  const authorsOf = ({ id, author_id }: JsonObject) => {
    const several = written.of(id, users);
    const one = users.get(keyOf(author_id));
    return several.length > 0 || !one ? several : [one];
  };
  return {
    posts,
    home,
    needsHome,
    tagsOf: ({ id }) => tagged.of(id, tags),
    authorsOf,
    pathOf(post, publishedAt) {
      const [year = '', month = '', day = ''] = publishedAt
        ? dayOf(publishedAt, timeZone ?? 'UTC').split('-')
        : [];
      const parts: Record<string, string> = { year, month, day, slug: textOf(post.slug), id: keyOf(post.id) };
      parts.author = authorsOf(post)[0]?.slug ?? '';
      const form = publishedAt === undefined ? '/:slug/' : (permalinks ?? '/:slug/');
      return form.replace(/:(\w+)/g, (whole, name) => parts[name] ?? whole);
    },
    metaOf: ({ id }) => metas.get(keyOf(id)) ?? { alt: undefined, caption: undefined },
  };
}

/** Ids are numbers in old exports. */
export function keyOf(id: unknown): string {
  return typeof id === 'number' ? String(id) : textOf(id);
}

/** What posts have of another table, in the order that Ghost shows. */
class Links {
  private readonly rows = new Map<string, { to: string; order: number }[]>();
  private readonly field: string;

  constructor(field: string) {
    this.field = field;
  }

  add(row: JsonObject): void {
    const post = keyOf(row.post_id);
    const known = this.rows.get(post) ?? [];
    known.push({ to: keyOf(row[this.field]), order: Number(row.sort_order) || 0 });
    this.rows.set(post, known);
  }

  of(post: unknown, others: Map<string, Named>): Named[] {
    const rows = this.rows.get(keyOf(post)) ?? [];
    return rows.toSorted((one, other) => one.order - other.order).flatMap(({ to }) => others.get(to) ?? []);
  }
}

/** Older versions write the site's own pictures whole. */
function homeIn({ key, value }: JsonObject): string | undefined {
  const [, home] =
    key === 'url'
      ? (/^(https?:\/\/[^\s"\\]+)$/.exec(textOf(value)) ?? [])
      : (/^(https?:\/\/[^\s"\\]+?)\/content\/images\//.exec(textOf(value)) ?? []);
  return home;
}
