import { articlePath } from '../article/addresses.ts';
import type { Article } from '../article/article.ts';
import { zonedTime } from '../article/calendar.ts';
import { correctionsOf } from '../article/corrections.ts';
import {
  absoluteUrl,
  originalOf,
  type SiteContext,
  sharedImageOf,
  sourceOf,
} from '../article/site-context.ts';
import { logoOf } from './images.tsx';
import type { Trail } from './layout.tsx';

/** https://schema.org/NewsArticle: what the page shows, and who first published the text. */
export function articleData(article: Article, context: SiteContext): object {
  const { site } = context;
  const { category, tags } = article;
  const url = absoluteUrl(articlePath(article.slug), context);
  const image = sharedImageOf(article, context);
  return {
    '@type': 'NewsArticle',
    '@id': url,
    url,
    mainEntityOfPage: url,
    identifier: article.id,
    headline: article.title,
    description: article.summary || undefined,
    inLanguage: article.language ?? site.language,
    datePublished: zonedTime(article.publishedAt, site.timeZone),
    dateModified: zonedTime(article.updatedAt, site.timeZone),
    author: authorsOf(article, context),
    publisher: organization(context),
    image: image && [
      {
        ...{ '@type': 'ImageObject', url: image.url, width: image.width, height: image.height },
        ...{ caption: image.caption, creditText: image.credit },
      },
    ],
    articleSection: category,
    keywords: tags.length > 0 ? tags : undefined,
    correction: article.corrections?.length
      ? correctionsOf(article).map(({ at, text }) => ({
          '@type': 'CorrectionComment',
          text,
          datePublished: zonedTime(at, site.timeZone),
        }))
      : undefined,
    ...sourceFields(article, context),
  };
}

/** https://schema.org/BreadcrumbList */
export function trailData(trail: Trail, context: SiteContext): object {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: trail.map(({ name, path }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: absoluteUrl(path, context),
    })),
  };
}

/** https://schema.org/WebSite, with its publisher. */
export function siteData(context: SiteContext): object {
  const { title, description, language } = context.site;
  return {
    '@type': 'WebSite',
    name: title,
    description,
    inLanguage: language,
    url: `${context.baseUrl}/`,
    publisher: organization(context),
  };
}

function organization(context: SiteContext): object {
  const { site, baseUrl } = context;
  const logo = logoOf(context);
  return {
    '@type': 'Organization',
    name: site.title,
    url: `${baseUrl}/`,
    logo: logo && { '@type': 'ImageObject', url: logo.url, width: logo.width, height: logo.height },
  };
}

// Without named authors, the source is the author.
function authorsOf(article: Article, context: SiteContext): object[] {
  if (article.authors.length > 0) return article.authors.map((name) => ({ '@type': 'Person', name }));
  return [sourceOrganization(article, context)];
}

function sourceFields(article: Article, context: SiteContext) {
  const isBasedOn = originalOf(article, context);
  if (!article.source) return { isBasedOn };
  return {
    isBasedOn,
    sourceOrganization: sourceOrganization(article, context),
    creditText: sourceOf(article, context).credit,
  };
}

function sourceOrganization(article: Article, context: SiteContext): object {
  const { name, url } = sourceOf(article, context);
  return { '@type': 'Organization', name, url };
}
