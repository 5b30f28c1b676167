import { isSlug } from '../../../functions/article/article.ts';
import { numbered, slugOfTitle, slugOfWords } from '../../../functions/article/slug-of-title.ts';
import type { Journal } from './journal.ts';
import type { OldAddresses } from './old-addresses.ts';
import type { OldPictures } from './old-pictures.ts';
import type { OldArticle, OldSite } from './old-site.ts';
import { decoded } from './picture-source.ts';

/** What is known of an article before its text is read again. */
export interface Planned {
  /** The same in every run. */
  key: string;
  slug: string;
  /** The place of another article that has the same identity. */
  rival?: string;
}

export interface Plan {
  /** In the order of the export. */
  articles: Planned[];
  /** Articles and pictures. */
  count: number;
}

/** Goes through the whole export and keeps only what leads to its articles and pictures. */
export async function planImport(
  site: OldSite,
  { journal, addresses, pictures }: { journal: Journal; addresses: OldAddresses; pictures: OldPictures },
): Promise<Plan> {
  const articles: Planned[] = [];
  const places = new Map<string, string>();
  const taken = new Set([...journal.articles.values()].map(({ slug }) => slug));
  let count = 0;
  for await (const entry of site.entries()) {
    if (entry.kind === 'address') addresses.add(entry.from, entry.to);
    if (entry.kind === 'picture') pictures.learn(entry);
    if (entry.kind === 'picture' || entry.kind === 'article') count += 1;
    if (entry.kind !== 'article') continue;
    const key = keyOf(entry);
    const rival = places.get(key);
    if (rival !== undefined) {
      articles.push({ key, slug: '', rival });
      continue;
    }
    places.set(key, entry.place);
    const slug = journal.articles.get(key)?.slug ?? freeSlug(entry, taken);
    taken.add(slug);
    articles.push({ key, slug });
    addresses.addArticle(entry.addresses, slug);
  }
  return { articles, count };
}

/** What others know the article by. */
function keyOf({ fields: { guid, id }, addresses: [address], place }: OldArticle): string {
  return String(guid ?? id ?? address ?? place);
}

function freeSlug({ slug = '', fields }: OldArticle, taken: Set<string>): string {
  const { title, publishedAt } = fields;
  const day = typeof publishedAt === 'string' ? publishedAt.slice(0, 10) : 'draft';
  const wanted = isSlug(slug) ? slug : (slugOfWords(decoded(slug)) ?? slugOfTitle(title, day));
  if (!taken.has(wanted)) return wanted;
  // A slug of the greatest length has no room for a number.
  const base = slugOfWords(wanted) ?? wanted;
  for (let number = 2; ; number++) {
    const slug = numbered(base, number);
    if (!taken.has(slug)) return slug;
  }
}
