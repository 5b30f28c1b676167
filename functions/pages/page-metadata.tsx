import { raw } from 'hono/html';
import { articlePath } from '../article/addresses.ts';
import type { Article, Image } from '../article/article.ts';
import { zonedTime } from '../article/calendar.ts';
import { absoluteUrl, imageOf, type SiteContext } from '../article/site-context.ts';
import type { Trail } from './breadcrumb.tsx';
import { articleData, siteData, trailData } from './structured-data.ts';

/** What programs learn of a page that is no article: https://ogp.me and https://schema.org. */
export function PageMetadata(page: {
  title: string;
  description: string;
  path: string;
  trail: Trail;
  context: SiteContext;
}) {
  const { trail, context } = page;
  return (
    <>
      <OpenGraph {...page} type="website" language={context.site.language} />
      <StructuredData things={[trailData(trail, context)]} />
    </>
  );
}

export function FrontMetadata({ context }: { context: SiteContext }) {
  const { title, description, language } = context.site;
  return (
    <>
      <OpenGraph {...{ title, description, language, context }} path="/" type="website" />
      <StructuredData things={siteData(context)} />
    </>
  );
}

export function ArticleMetadata({
  article,
  translations,
  trail,
  context,
}: {
  article: Article;
  translations: Article[];
  trail: Trail;
  context: SiteContext;
}) {
  const { site } = context;
  const { title, summary, slug, publishedAt, updatedAt, category, tags } = article;
  const language = article.language ?? site.language;
  // Each of them lists all, itself too.
  const editions = translations.length > 0 ? [article, ...translations] : [];
  return (
    <>
      {editions.map((edition) => (
        <link
          rel="alternate"
          hreflang={edition.language ?? site.language}
          href={absoluteUrl(articlePath(edition.slug), context)}
        />
      ))}
      <OpenGraph
        {...{ title, description: summary, language, context }}
        path={articlePath(slug)}
        type="article"
        image={imageOf(article, context)}
      />
      <Property name="article:published_time" content={zonedTime(publishedAt, site.timeZone)} />
      <Property name="article:modified_time" content={zonedTime(updatedAt, site.timeZone)} />
      <Property name="article:section" content={category} />
      {tags.map((tag) => (
        <Property name="article:tag" content={tag} />
      ))}
      <StructuredData things={[articleData(article, context), trailData(trail, context)]} />
    </>
  );
}

// Programs that know Twitter's names alone read these under them.
function OpenGraph(page: {
  type: 'website' | 'article';
  title: string;
  description?: string | undefined;
  path: string;
  language: string;
  image?: Image | undefined;
  context: SiteContext;
}) {
  const { image, context } = page;
  return (
    <>
      <Property name="og:site_name" content={context.site.title} />
      <Property name="og:type" content={page.type} />
      <Property name="og:title" content={page.title} />
      <Property name="og:description" content={page.description} />
      <Property name="og:url" content={absoluteUrl(page.path, context)} />
      <Property name="og:locale" content={localeOf(page.language)} />
      <Property name="og:image" content={image?.url} />
      <Property name="og:image:width" content={image?.width} />
      <Property name="og:image:height" content={image?.height} />
      <Property name="og:image:alt" content={image?.alt} />
      <meta name="twitter:card" content={image ? 'summary_large_image' : 'summary'} />
    </>
  );
}

function Property({ name, content }: { name: string; content: string | number | undefined }) {
  return content === undefined || content === '' ? null : <meta property={name} content={String(content)} />;
}

/** Facebook's form, which names a country: en_US. */
function localeOf(tag: string): string {
  const { language, region } = new Intl.Locale(tag).maximize();
  return region ? `${language}_${region}` : language;
}

// No text in it can end the element, nor what HTML takes for a comment or a line.
function StructuredData({ things }: { things: object[] }) {
  const json = JSON.stringify({ '@context': 'https://schema.org', '@graph': things });
  const inert = json.replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return <script type="application/ld+json">{raw(inert)}</script>;
}
