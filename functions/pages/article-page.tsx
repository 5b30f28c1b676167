import { raw } from 'hono/html';
import { articlePath, streamPath } from '../article/addresses.ts';
import type { Article, Card } from '../article/article.ts';
import { pageHtml, plainText } from '../article/body-html.ts';
import { absoluteUrl, type SiteContext, sourceOf } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { ArticleFacts } from './article-facts.tsx';
import type { OpenArticle } from './article-json.ts';
import { Breadcrumb } from './breadcrumb.tsx';
import { LabelLink, languageOf } from './card-list.tsx';
import { renderPage } from './layout.tsx';
import { LeadImage } from './lead-image.tsx';
import { messagesOf } from './messages.ts';
import { ArticleMetadata } from './page-metadata.tsx';

/** The detail page: breadcrumb, title, update date, source, views, body, credit line, previous and next. */
export function renderArticlePage(opened: OpenArticle, context: SiteContext): string {
  const { article, html, translations } = opened;
  const { site } = context;
  const { texts, marks } = messagesOf(site);
  const { title, slug, summary, category } = article;
  const path = articlePath(slug);
  const { credit } = sourceOf(article, context);
  const trail = [
    { name: texts.home, path: '/' },
    { name: texts.news, path: streamPath(newsStream) },
    { name: title, path, language: languageOf(article, context) },
  ];
  return renderPage(
    {
      title,
      language: article.language,
      description: summary,
      path,
      feeds: [{ stream: newsStream, label: site.title }],
      metadata: <ArticleMetadata {...{ article, translations, trail, context }} />,
    },
    <>
      <Breadcrumb trail={trail} context={context} />
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
        <div class="body e-content">{raw(pageHtml(html, context))}</div>
        {credit && (
          <p class="credit">
            <bdi>{credit}</bdi>
          </p>
        )}
        <Tags article={article} context={context} />
        <data class="u-url u-uid" value={absoluteUrl(path, context)} />
      </article>
      {(opened.previous || opened.next) && (
        <nav class="neighbours" aria-label={texts.neighbours} {...marks}>
          <Neighbour label={texts.previous} card={opened.previous} context={context} rel="prev" />
          <Neighbour label={texts.next} card={opened.next} context={context} rel="next" />
        </nav>
      )}
    </>,
    context,
  );
}

/** Shown where a person wrote it: one taken from the text's beginning would only say that twice. */
function Standfirst({ summary, html }: { summary: string; html: string }) {
  if (summary === '') return null;
  return plainText(html).startsWith(summary.replace(/…$/, '')) ? (
    <data class="p-summary" value={summary} />
  ) : (
    <p class="standfirst p-summary">{summary}</p>
  );
}

function Tags({ article, context }: { article: Article; context: SiteContext }) {
  const { texts, marks } = messagesOf(context.site);
  if (article.tags.length === 0) return null;
  return (
    <ul class="tags" aria-label={texts.tags} {...marks}>
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
