import { raw } from 'hono/html';
import { articlePath, streamPath } from '../article/addresses.ts';
import type { Article, Card } from '../article/article.ts';
import { pageHtml, plainText } from '../article/body-html.ts';
import { readableTime, zonedTime } from '../article/calendar.ts';
import { absoluteUrl, type SiteContext, sourceOf } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import type { OpenArticle } from './article-json.ts';
import { LabelLink } from './card-list.tsx';
import { LeadImage } from './images.tsx';
import { renderPage } from './layout.tsx';
import { languageOf, messagesOf } from './messages.ts';

/** The detail page of an article. */
export function renderArticlePage(opened: OpenArticle, context: SiteContext): string {
  const { article, html, translations } = opened;
  const { site } = context;
  const { texts, textLang } = messagesOf(site);
  const { title, slug, summary, category } = article;
  const path = articlePath(slug);
  const { credit } = sourceOf(article, context);
  const trail = [
    { name: texts.news, path: streamPath(newsStream) },
    { name: title, path },
  ];
  return renderPage(
    { title, description: summary, path, trail, article, translations },
    <>
      <article {...languageOf(article, context)} class="h-entry">
        {category && (
          <p class="kicker">
            <LabelLink kind="category" label={category} />
          </p>
        )}
        <h1 class="p-name">{title}</h1>
        <Standfirst summary={summary} html={html} />
        <ArticleFacts opened={opened} context={context} />
        <LeadImage article={article} context={context} />
        <div class="body e-content">{raw(pageHtml(html, article, context))}</div>
        {credit && (
          <p class="credit">
            <bdi>{credit}</bdi>
          </p>
        )}
        <Tags article={article} context={context} />
        <data class="u-url u-uid" value={absoluteUrl(path, context)} />
      </article>
      {(opened.previous || opened.next) && (
        <nav class="neighbours" aria-label={texts.neighbours} {...textLang}>
          <Neighbour label={texts.previous} card={opened.previous} context={context} rel="prev" />
          <Neighbour label={texts.next} card={opened.next} context={context} rel="next" />
        </nav>
      )}
    </>,
    context,
  );
}

/** The summary, hidden if it is only the beginning of the text that follows. */
function Standfirst({ summary, html }: { summary: string; html: string }) {
  if (summary === '') return null;
  return plainText(html).startsWith(summary.replace(/…$/, '')) ? (
    <data class="p-summary" value={summary} />
  ) : (
    <p class="standfirst p-summary">{summary}</p>
  );
}

function Tags({ article, context }: { article: Article; context: SiteContext }) {
  const { texts, textLang } = messagesOf(context.site);
  if (article.tags.length === 0) return null;
  return (
    <ul class="tags" aria-label={texts.tags} {...textLang}>
      {article.tags.map((tag) => (
        <li {...languageOf(article, context)}>
          <LabelLink kind="tag" label={tag} />
        </li>
      ))}
    </ul>
  );
}

function Neighbour({
  label,
  card,
  context,
  rel,
}: {
  label: string;
  card: Card | undefined;
  context: SiteContext;
  rel: string;
}) {
  if (!card) return null;
  return (
    <p class={rel}>
      {label}
      <a href={articlePath(card.slug)} rel={rel}>
        <bdi {...languageOf(card, context)}>{card.title}</bdi>
      </a>
    </p>
  );
}

function ArticleFacts({ opened, context }: { opened: OpenArticle; context: SiteContext }) {
  const { article, views, translations } = opened;
  const { site } = context;
  const { texts, textLang } = messagesOf(site);
  const { name, url } = sourceOf(article, context);
  const [published, updated] = [article.publishedAt, article.updatedAt].map((iso) =>
    zonedTime(iso, site.timeZone),
  );
  const isUpdated = published !== updated;
  return (
    <p class="meta" {...textLang}>
      {isUpdated && (
        <span>
          {texts.publicationDate}
          <Time iso={article.publishedAt} zone={site.timeZone} class="dt-published" />
        </span>
      )}
      <span>
        {texts.updateDate}
        <Time
          iso={article.updatedAt}
          zone={site.timeZone}
          class={isUpdated ? 'dt-updated' : 'dt-published dt-updated'}
        />
      </span>
      <span>
        {texts.source}
        {url ? <a href={url}>{name}</a> : name}
      </span>
      {views !== undefined && (
        <data class="views" value={String(views)}>
          {texts.views}
          {views}
        </data>
      )}
      {article.authors.length > 0 && (
        <span>
          {texts.by}
          {article.authors.map((author, index) => (
            <>
              {index > 0 && texts.comma}
              <bdi class="p-author h-card">{author}</bdi>
            </>
          ))}
        </span>
      )}
      {translations.length > 0 && (
        <span>
          {texts.translations}
          {translations.map((translation, index) => (
            <>
              {index > 0 && texts.comma}
              <Translation article={translation} context={context} />
            </>
          ))}
        </span>
      )}
    </p>
  );
}

function Time({ iso, zone, class: className }: { iso: string; zone: string; class: string }) {
  return (
    <time datetime={zonedTime(iso, zone)} class={className}>
      {readableTime(iso, zone)}
    </time>
  );
}

/** Labelled with the name of the language in that language. */
function Translation({ article, context }: { article: Article; context: SiteContext }) {
  const { lang, dir } = languageOf(article, context);
  return (
    <a href={articlePath(article.slug)} rel="alternate" hreflang={lang} lang={lang} dir={dir}>
      {new Intl.DisplayNames([lang], { type: 'language' }).of(lang)}
    </a>
  );
}
