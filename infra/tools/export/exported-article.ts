import type { ListedJson, StoredJson } from '../../../functions/api/answers.ts';
import { parseArticleFile } from '../../../functions/article/article-file.ts';
import { contentFileOf } from '../pull.ts';

/** As many may stand in a file. */
const mostAliases = 10;

export interface ExportedArticle {
  text: string;
  /** Old addresses for which the file has no room. */
  moreAliases: string[];
}

/**
 * The content file of an article as the signed API tells it, with its count; `names` are those of the pictures by the addresses of their
 * content. Throws InvalidFileError for what no file can say.
 */
export function exportArticle(
  stored: StoredJson,
  { views, names }: { views: number; names: Map<string, string> },
): ExportedArticle {
  const { slug, status, reason, leftAt, formerSlugs = [], updatedAt } = stored;
  // A picture by its name, which any site has.
  const written = JSON.stringify(stored.article).replace(
    /\/media\/([a-z0-9][a-z0-9._-]*)/g,
    (path, file: string) => {
      return `/media/${names.get(path) ?? file}`;
    },
  );
  const article: Record<string, unknown> = JSON.parse(written);
  const aliases = [...(stored.article.aliases ?? []), ...formerSlugs];
  const times = [stored.publishedAt, ...(stored.article.corrections ?? []).map(({ at }) => at)].map((time) =>
    Date.parse(time),
  );
  const text = contentFileOf({
    ...article,
    // Said only where no rule leads to it: what is said moves by itself no more.
    updatedAt: article.updatedAt ?? (Date.parse(updatedAt) === Math.max(...times) ? undefined : updatedAt),
    aliases: aliases.slice(0, mostAliases),
    views: views || undefined,
    ...(status === 'gone' && { removed: reason ?? true, removedAt: leftAt }),
  });
  parseArticleFile(slug, Buffer.from(text));
  return { text, moreAliases: aliases.slice(mostAliases) };
}

/** The file of an erased article: nothing is left of it but its address and dates, and the id that it had by default. */
export function exportErased(
  { slug, publishedAt, erasedAt }: ListedJson,
  { authority, wasPublic }: { authority: string; wasPublic: boolean },
): string {
  return contentFileOf({
    title: slug,
    publishedAt,
    id: `tag:${authority},${publishedAt.slice(0, 10)}:${slug}`,
    removed: true,
    removedAt: wasPublic ? erasedAt : undefined,
  });
}
