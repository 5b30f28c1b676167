import { raw } from 'hono/html';
import { articlePath } from '../article/addresses.ts';
import type { Article } from '../article/article.ts';
import { zonedTime } from '../article/calendar.ts';
import { absoluteUrl, canonicalOriginal, type SiteContext } from '../article/site-context.ts';
import type { PageHead, Trail } from './layout.tsx';
import { fullLocale } from './messages.ts';
import { articleData, siteData, trailData } from './structured-data.ts';

/** What a page tells programs about itself: https://ogp.me and https://schema.org. */
export function PageMetadata({
  head,
  path,
  trail,
  context,
}: {
  head: PageHead;
  path: string;
  trail: Trail | undefined;
  context: SiteContext;
}) {
  const { article, translations = [] } = head;
  const data = [
    ...(article ? [articleData(article, context)] : []),
    trail ? trailData(trail, context) : siteData(context),
  ];
  return (
    <>
      {article && translations.length > 0 && (
        // Each language version lists all of them, itself included.
        <LanguageLinks versions={[article, ...translations]} context={context} />
      )}
      <OpenGraph head={head} path={path} context={context} />
      {article && <ArticleProperties article={article} context={context} />}
      <StructuredData things={data} />
    </>
  );
}

function LanguageLinks({ versions, context }: { versions: Article[]; context: SiteContext }) {
  return (
    <>
      {versions.map(({ slug, language }) => (
        <link
          rel="alternate"
          hreflang={language ?? context.site.language}
          href={absoluteUrl(articlePath(slug), context)}
        />
      ))}
    </>
  );
}

function OpenGraph({ head, path, context }: { head: PageHead; path: string; context: SiteContext }) {
  const { title, description, article } = head;
  const { site } = context;
  const image = head.picture;
  return (
    <>
      <Property name="og:site_name" content={site.title} />
      <Property name="og:type" content={article ? 'article' : 'website'} />
      <Property name="og:title" content={title} />
      <Property name="og:description" content={description} />
      <Property
        name="og:url"
        content={(article && canonicalOriginal(article, context)) ?? absoluteUrl(path, context)}
      />
      <Property name="og:locale" content={localeOf(article?.language ?? site.language)} />
      <Property name="og:image" content={image?.url} />
      <Property name="og:image:type" content={image?.type} />
      <Property name="og:image:width" content={image?.width} />
      <Property name="og:image:height" content={image?.height} />
      <Property name="og:image:alt" content={image?.alt} />
      {/* Twitter falls back to Open Graph for everything else. */}
      <meta name="twitter:card" content={image && !image.isLogo ? 'summary_large_image' : 'summary'} />
    </>
  );
}

function ArticleProperties({ article, context }: { article: Article; context: SiteContext }) {
  const { timeZone } = context.site;
  return (
    <>
      <Property name="article:published_time" content={zonedTime(article.publishedAt, timeZone)} />
      <Property name="article:modified_time" content={zonedTime(article.updatedAt, timeZone)} />
      <Property name="article:section" content={article.category} />
      {article.tags.map((tag) => (
        <Property name="article:tag" content={tag} />
      ))}
    </>
  );
}

function Property({ name, content }: { name: string; content: string | number | undefined }) {
  return content === undefined || content === '' ? null : <meta property={name} content={String(content)} />;
}

/** Open Graph wants a country as well: en_US. */
function localeOf(tag: string): string {
  const { language, region } = fullLocale(tag);
  return region ? `${language}_${region}` : language;
}

// Escaped so that no text can end the element or begin an HTML comment; U+2028 and U+2029 were line ends in older JavaScript.
function StructuredData({ things }: { things: object[] }) {
  const json = JSON.stringify({ '@context': 'https://schema.org', '@graph': things });
  const inert = json.replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return <script type="application/ld+json">{raw(inert)}</script>;
}
