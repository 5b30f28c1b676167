import type { ArticleJson, CardJson } from '../api/answers.ts';
import { articlePath } from '../article/addresses.ts';
import type { Article, Card } from '../article/article.ts';
import { portableHtml } from '../article/body-html.ts';
import { zonedTime } from '../article/calendar.ts';
import { absoluteUrl, imageOf, type SiteContext, sourceOf } from '../article/site-context.ts';

/** An article as a reader opens it. */
export interface OpenArticle {
  article: Article;
  /** Clean HTML as stored. */
  html: string;
  /** Undefined when the count could not be read. */
  views: number | undefined;
  previous: Card | undefined;
  next: Card | undefined;
  /** In other languages, one each. */
  translations: Article[];
}

export function articleJson(
  { article, html, views, previous, next, translations }: OpenArticle,
  context: SiteContext,
): ArticleJson {
  const { name, url, credit } = sourceOf(article, context);
  return {
    id: article.id,
    ...head(article, context),
    contentHtml: portableHtml(html, article.slug, context),
    source: { name, url: url ?? null, credit: credit ?? null },
    authors: article.authors,
    image: imageOf(article, context) ?? null,
    views: views ?? null,
    previous: previous ? neighbour(previous, context) : null,
    next: next ? neighbour(next, context) : null,
    ...(translations.length > 0 && {
      translations: translations.map((translation) => ({
        ...neighbour(translation, context),
        language: translation.language ?? context.site.language,
      })),
    }),
  };
}

export function cardJson(card: Card, context: SiteContext): CardJson {
  const { name, url } = sourceOf(card, context);
  return { ...head(card, context), source: { name, url: url ?? null } };
}

function head(article: Card | Article, context: SiteContext) {
  const { slug, title, summary, publishedAt, updatedAt, language, category, tags } = article;
  const { site } = context;
  return {
    slug,
    url: absoluteUrl(articlePath(slug), context),
    title,
    summary,
    publishedAt: zonedTime(publishedAt, site.timeZone),
    updatedAt: zonedTime(updatedAt, site.timeZone),
    category: category ?? null,
    tags,
    language: language ?? site.language,
  };
}

function neighbour({ slug, title }: Pick<Article, 'slug' | 'title'>, context: SiteContext) {
  return { slug, title, url: absoluteUrl(articlePath(slug), context) };
}
