import type { Child } from 'hono/jsx';
import { newsStream } from '../article/stream-name.ts';
import { absoluteUrl, type FeedFormat, feedFormats, feedPath } from './addresses.ts';
import type { SiteContext } from './site-context.ts';
import { stylesheetPath } from './stylesheet.ts';

export interface PageHead {
  title: string;
  /** Language of the page's content, BCP 47. */
  language?: string | undefined;
  description?: string | undefined;
  /** The page's own address; none for pages that stand for no thing, such as errors. */
  path?: string | undefined;
  /** The streams whose feeds the page announces, its own first. */
  feeds?: { stream: string; label: string }[];
  older?: string | undefined;
  newer?: string | undefined;
  children?: Child;
}

/** A whole document around a page's content. */
export function renderPage(head: PageHead, content: Child, context: SiteContext): string {
  const { site } = context;
  const language = head.language ?? site.language;
  const feeds = head.feeds ?? [{ stream: newsStream, label: site.title }];
  const page = (
    <html lang={language} dir={direction(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{head.title === site.title ? site.title : `${head.title} – ${site.title}`}</title>
        {head.description && <meta name="description" content={head.description} />}
        {head.path && <link rel="canonical" href={absoluteUrl(head.path, context)} />}
        {head.newer && <link rel="prev" href={head.newer} />}
        {head.older && <link rel="next" href={head.older} />}
        {feeds.flatMap(({ stream, label }) =>
          (Object.keys(feedFormats) as FeedFormat[]).map((format) => (
            <link
              rel="alternate"
              type={feedFormats[format].type}
              title={`${label} (${feedFormats[format].name})`}
              href={absoluteUrl(feedPath(stream, format), context)}
            />
          )),
        )}
        <link rel="stylesheet" href={stylesheetPath} />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to content
        </a>
        <header class="site" lang={site.language} dir={direction(site.language)}>
          <a class="name" href="/">
            {site.title}
          </a>
          <nav aria-label="Site">
            <a href="/news">News</a>
            <a href="/rss.xml">RSS</a>
            <a href="/atom.xml">Atom</a>
            <a href="/feed.json">JSON</a>
          </nav>
        </header>
        <main id="content">{content}</main>
        <footer class="site" lang={site.language} dir={direction(site.language)}>
          <p>{site.description}</p>
          <address>
            {site.address.map((line) => (
              <span>{line}</span>
            ))}
          </address>
        </footer>
      </body>
    </html>
  );
  return `<!doctype html>\n${page.toString()}\n`;
}

const rightToLeft = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']);

export function direction(language: string): 'ltr' | 'rtl' {
  return rightToLeft.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
}
