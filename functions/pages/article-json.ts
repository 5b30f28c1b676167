import type { ArticleJson, CardJson } from '../api/answers.ts';
import { articlePath } from '../article/addresses.ts';
import type { Article, Card } from '../article/article.ts';
import { portableHtml } from '../article/body-html.ts';
import { zonedTime } from '../article/calendar.ts';
import { correctionsOf } from '../article/corrections.ts';
import { sizesOf } from '../article/picture.ts';
import {
  absoluteUrl,
  imageOf,
  originalOf,
  pictureOf,
  type SiteContext,
  sourceOf,
} from '../article/site-context.ts';

/** All that a detail page or an article's JSON shows. */
export interface OpenArticle {
  article: Article;
  /** Clean, with root-relative links, as stored. */
  html: string;
  /** Undefined if the count could not be read. */
  views: number | undefined;
  previous: Card | undefined;
  next: Card | undefined;
  /** One per language. */
  translations: Article[];
}

export function articleJson(
  { article, html, views, previous, next, translations }: OpenArticle,
  context: SiteContext,
): ArticleJson {
  const { name, url, credit } = sourceOf(article, context);
  return {
    id: article.id,
    ...commonFields(article, context),
    contentHtml: portableHtml(html, article, context),
    source: { name, url: url ?? null, credit: credit ?? null },
    original: originalOf(article, context) ?? null,
    corrections: correctionsOf(article).map(({ at, text }) => ({
      at: zonedTime(at, context.site.timeZone),
      text,
    })),
    authors: article.authors,
    image: imageJson(article, context),
    views: views ?? null,
    previous: previous ? neighbourJson(previous, context) : null,
    next: next ? neighbourJson(next, context) : null,
    ...(translations.length > 0 && {
      translations: translations.map((translation) => ({
        ...neighbourJson(translation, context),
        language: translation.language ?? context.site.language,
      })),
    }),
  };
}

function imageJson(article: Article, context: SiteContext): ArticleJson['image'] {
  const image = imageOf(article, context);
  const picture = pictureOf(article, context);
  const sizes =
    picture && sizesOf(picture).map(({ path, ...size }) => ({ url: context.baseUrl + path, ...size }));
  return image ? { ...image, ...(sizes?.length && { sizes }) } : null;
}

export function cardJson(card: Card, context: SiteContext): CardJson {
  const { name, url } = sourceOf(card, context);
  const { publishedAt, firstPublishedAt = publishedAt } = card;
  const fields = commonFields({ ...card, publishedAt: firstPublishedAt }, context);
  return { ...fields, source: { name, url: url ?? null } };
}

function commonFields(article: Card | Article, context: SiteContext) {
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

function neighbourJson({ slug, title }: Pick<Article, 'slug' | 'title'>, context: SiteContext) {
  return { slug, title, url: absoluteUrl(articlePath(slug), context) };
}
