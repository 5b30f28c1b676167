import { feedPath, streamPath } from '../../../../functions/article/addresses.ts';
import { canonicalLanguage } from '../../../../functions/article/fields.ts';
import { labelName } from '../../../../functions/article/stream-name.ts';
import { truncate } from '../../../../functions/article/text.ts';
import { lineOf } from '../../../../functions/pull/feed-item.ts';
import { childrenOf, textOf, type XmlElement } from '../../../../functions/pull/feed-xml.ts';
import type { OldAddress } from '../old-site.ts';
import { metaOf, type SiteFacts, type Term } from './site-facts.ts';

export interface PostLabels {
  /** The main one first, those that hold others last: WordPress lists the post in them too. */
  categories: string[];
  tags: string[];
  language: string | undefined;
  /** What plugins sort posts by. */
  others: string[];
}

// Of WordPress, and of plugins for languages and authors.
const internal =
  /^(?:category|tag|post_tag|post_format|author|language|term_.*|post_translations|translation_priority|nav_menu|wp_theme)$/;
const maxParents = 20;

export function labelsOf(
  item: XmlElement,
  { categories, tags }: Pick<SiteFacts, 'categories' | 'tags'>,
): PostLabels {
  const terms = childrenOf(item, 'category').flatMap((element) => {
    const { domain = '', nicename: slug } = element.attributes;
    return slug === undefined ? [] : [{ domain, slug, name: lineOf(textOf(element)) ?? slug }];
  });
  const of = (...domains: string[]) => terms.filter(({ domain }) => domains.includes(domain));
  const named = of('category').map(
    ({ slug, name }) => categories.get(slug) ?? { slug, name, id: undefined, parent: undefined },
  );
  const main = metaOf(item, '_yoast_wpseo_primary_category', 'rank_math_primary_category');
  const ordered = [...named.filter(({ id }) => id === main), ...named.filter(({ id }) => id !== main)];
  const all = [...new Set([...ordered, ...ordered.flatMap((term) => pathTo(term, categories).slice(0, -1))])];
  // What WordPress gives to posts without a category.
  const kept = all.length > 1 ? all.filter(({ slug }) => slug !== 'uncategorized') : all;
  const [language] = of('language').flatMap(({ slug }) => canonicalLanguage(slug) ?? []);
  return {
    categories: kept.map(({ name }) => name),
    tags: of('post_tag', 'tag').map(({ slug, name }) => tags.get(slug)?.name ?? name),
    language,
    others: terms
      .filter(({ domain }) => !internal.test(domain))
      .map(({ domain, name }) => `${domain} "${name}"`),
  };
}

/** From the topmost category to this one. */
function pathTo(term: Term, categories: Map<string, Term>): Term[] {
  const path = [term];
  for (let one = term; path.length < maxParents; ) {
    const parent = categories.get(one.parent ?? '');
    if (!parent || path.includes(parent)) break;
    path.unshift(parent);
    one = parent;
  }
  return path;
}

/** Where the pages and feeds of categories and tags lead, of those that our site has: `streams` are theirs. */
export function addressesOfLabels(facts: SiteFacts, streams: Set<string>): OldAddress[] {
  const found = (term: Term, path: string, queries: string[]) => {
    const name = labelName(truncate(term.name, 60));
    const stream = ['category', 'tag'].map((kind) => `${kind}/${name}`).find((one) => streams.has(one));
    if (!stream) return [];
    return leads(facts.home, [
      [path, streamPath(stream)],
      [`${path}/page/*`, streamPath(stream)],
      [`${path}/feed`, feedPath(stream, 'rss')],
      [`${path}/feed/atom`, feedPath(stream, 'atom')],
      ...queries.map((query): [string, string] => [query, streamPath(stream)]),
    ]);
  };
  return [
    ...[...facts.categories.values()].flatMap((term) => {
      const path = pathTo(term, facts.categories).map(({ slug }) => slug);
      return found(term, `/category/${path.join('/')}`, term.id ? [`/?cat=${term.id}`] : []);
    }),
    ...[...facts.tags.values()].flatMap((term) => found(term, `/tag/${term.slug}`, [`/?tag=${term.slug}`])),
  ];
}

/** Addresses below the old home page. Those that stay as they are lead nowhere. */
export function leads(home: string, pairs: [string, string][]): OldAddress[] {
  const folder = URL.canParse(home) ? new URL(home).pathname.replace(/\/$/, '') : '';
  return pairs
    .map(([from, to]): OldAddress => ({ kind: 'address', place: 'the whole site', from: folder + from, to }))
    .filter(({ from, to }) => decoded(from) !== decoded(to));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
