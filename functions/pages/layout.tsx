import type { Child } from 'hono/jsx';
import { type FeedFormat, feedFormats, feedPath } from '../article/addresses.ts';
import { absoluteUrl, type SiteContext } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { paper } from './accent.ts';
import { direction } from './direction.ts';
import { Footer, Masthead } from './masthead.tsx';
import { messagesOf } from './messages.ts';
import { squareLogo } from './site-image.ts';
import { stylesheetOf } from './stylesheet.ts';

export interface PageHead {
  title: string;
  /** Language of the page's content, BCP 47; around it everything says its own. */
  language?: string | undefined;
  /** Whether the content is a list of articles for those who read microformats. */
  isFeed?: boolean;
  description?: string | undefined;
  /** The page's own address; none for pages that stand for no thing, such as errors. */
  path?: string | undefined;
  /** The streams whose feeds the page announces, its own first. */
  feeds?: { stream: string; label: string }[];
  older?: string | undefined;
  newer?: string | undefined;
  /** What programs learn of the page. */
  metadata?: Child;
}

/** A whole document around a page's content. */
export function renderPage(head: PageHead, content: Child, context: SiteContext): string {
  const { site } = context;
  const { texts, marks } = messagesOf(site);
  const page = (
    <html lang={head.language ?? site.language} dir={direction(site.language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content={paper.light} media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content={paper.dark} media="(prefers-color-scheme: dark)" />
        <meta name="robots" content="max-image-preview:large" />
        <title>{head.title === site.title ? site.title : `${head.title} – ${site.title}`}</title>
        {head.description && <meta name="description" content={head.description} />}
        {head.path && <link rel="canonical" href={absoluteUrl(head.path, context)} />}
        {head.newer && <link rel="prev" href={head.newer} />}
        {head.older && <link rel="next" href={head.older} />}
        <FeedLinks head={head} context={context} />
        <Icons context={context} />
        <link rel="stylesheet" href={stylesheetOf(site).path} />
        {head.metadata}
      </head>
      <body>
        <a class="skip" href="#content" {...marks}>
          {texts.skip}
        </a>
        <Masthead path={head.path} context={context} />
        <main id="content" class={head.isFeed ? 'h-feed' : undefined}>
          {content}
        </main>
        <Footer context={context} />
      </body>
    </html>
  );
  return `<!doctype html>\n${page.toString()}\n`;
}

// Telephones take the logo for their home screens; what the site draws itself is no PNG.
function Icons({ context }: { context: SiteContext }) {
  const logo = squareLogo(context);
  return (
    <>
      <link rel="icon" href={logo ?? '/favicon.ico'} />
      {logo && <link rel="apple-touch-icon" href={logo} />}
    </>
  );
}

function FeedLinks({ head, context }: { head: PageHead; context: SiteContext }) {
  const feeds = head.feeds ?? [{ stream: newsStream, label: context.site.title }];
  return (
    <>
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
    </>
  );
}
