import type { Child } from 'hono/jsx';
import { feedFormatNames, feedFormats, feedPath } from '../article/addresses.ts';
import type { Article } from '../article/article.ts';
import { absoluteUrl, canonicalOriginal, type SiteContext } from '../article/site-context.ts';
import { type NamedStream, newsStream } from '../article/stream-name.ts';
import { paper } from './accent.ts';
import { type SharedPicture, squareLogo } from './images.tsx';
import { Footer, Masthead } from './masthead.tsx';
import { direction, languageOf, messagesOf } from './messages.ts';
import { PageMetadata } from './page-metadata.tsx';
import { stylesheetOf } from './stylesheet.ts';

/** The pages that lead to a page, and itself as the last. */
export type Trail = { name: string; path: string }[];

export interface PageHead {
  title: string;
  description?: string | undefined;
  /** The page's canonical address; none for errors. */
  path?: string | undefined;
  /** The breadcrumb below Home; none on the front page and on errors. */
  trail?: Trail;
  /** The article that the page is about, with its translations. */
  article?: Article;
  translations?: Article[];
  /** What others show beside a link to the page. */
  picture?: SharedPicture | undefined;
  /** Whether the content is an h-feed, a list of articles in microformats. */
  isFeed?: boolean;
  /** The streams whose feeds are linked, the page's own first. */
  feeds?: NamedStream[];
  older?: string | undefined;
  newer?: string | undefined;
  /** Of an article that readers do not see like this; `base` where the page is shown at another address than its own. */
  preview?: Preview | undefined;
}

export interface Preview {
  base?: string;
}

/** The HTML document around a page's content: head, masthead, breadcrumb and footer. */
export function renderPage(head: PageHead, content: Child, context: SiteContext): string {
  const { site } = context;
  const { texts, textLang } = messagesOf(site);
  const trail = head.trail && [{ name: texts.home, path: '/' }, ...head.trail];
  const elsewhere = head.article && canonicalOriginal(head.article, context);
  const canonical = elsewhere ?? (head.path && absoluteUrl(head.path, context));
  const page = (
    <html lang={head.article?.language ?? site.language} dir={direction(site.language)}>
      <head>
        <meta charset="utf-8" />
        {head.preview?.base && <base href={head.preview.base} target="_blank" />}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content={paper.light} media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content={paper.dark} media="(prefers-color-scheme: dark)" />
        <meta name="robots" content={head.preview ? 'noindex' : 'max-image-preview:large'} />
        <title>{head.title === site.title ? site.title : `${head.title} – ${site.title}`}</title>
        {head.description && <meta name="description" content={head.description} />}
        {canonical && !head.preview && <link rel="canonical" href={canonical} />}
        {head.newer && <link rel="prev" href={head.newer} />}
        {head.older && <link rel="next" href={head.older} />}
        <FeedLinks feeds={head.feeds} context={context} />
        <Icons context={context} />
        <link rel="stylesheet" href={stylesheetOf(context).path} />
        {head.path && !head.preview && (
          <PageMetadata head={head} path={head.path} trail={trail} context={context} />
        )}
      </head>
      <body>
        <a class="skip" href="#content" {...textLang}>
          {texts.skip}
        </a>
        {head.preview && (
          <p class="preview" {...textLang}>
            {texts.preview}
          </p>
        )}
        <Masthead path={head.path} context={context} />
        <main id="content" class={head.isFeed ? 'h-feed' : undefined}>
          {trail && <Breadcrumb trail={trail} article={head.article} context={context} />}
          {content}
        </main>
        <Footer context={context} />
      </body>
    </html>
  );
  return `<!doctype html>\n${page.toString()}\n`;
}

function Breadcrumb({
  trail,
  article,
  context,
}: {
  trail: Trail;
  article: Article | undefined;
  context: SiteContext;
}) {
  const { texts, textLang } = messagesOf(context.site);
  return (
    <nav class="breadcrumb" aria-label={texts.breadcrumb} {...textLang}>
      <ol>
        {trail.slice(0, -1).map(({ name, path }) => (
          <li>
            <a href={path}>{name}</a>
          </li>
        ))}
        <li aria-current="page" {...(article && languageOf(article, context))}>
          {trail.at(-1)?.name}
        </li>
      </ol>
    </nav>
  );
}

// Phones put the logo on their home screens; the drawn icon is no PNG.
function Icons({ context }: { context: SiteContext }) {
  const logo = squareLogo(context);
  return (
    <>
      <link rel="icon" href={logo ?? '/favicon.ico'} />
      {logo && <link rel="apple-touch-icon" href={logo} />}
    </>
  );
}

function FeedLinks({ feeds, context }: { feeds: NamedStream[] | undefined; context: SiteContext }) {
  return (
    <>
      {(feeds ?? [{ name: newsStream, label: context.site.title }]).flatMap(({ name, label }) =>
        feedFormatNames.map((format) => (
          <link
            rel="alternate"
            type={feedFormats[format].type}
            title={`${label} (${feedFormats[format].name})`}
            href={absoluteUrl(feedPath(name, format), context)}
          />
        )),
      )}
    </>
  );
}
