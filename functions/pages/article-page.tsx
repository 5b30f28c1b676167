import { raw } from 'hono/html';
import { articlePath, streamPath } from '../article/addresses.ts';
import type { Article, Card } from '../article/article.ts';
import { pageHtml, summaryText } from '../article/body-html.ts';
import { writtenDay, zonedTime } from '../article/calendar.ts';
import { correctionsOf, ownWords } from '../article/corrections.ts';
import { absoluteUrl, originalOf, type SiteContext, sourceOf } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { ArticleFacts, Time } from './article-facts.tsx';
import type { OpenArticle } from './article-json.ts';
import { LabelLink } from './card-list.tsx';
import { LeadImage, sharedPicture } from './images.tsx';
import { type Preview, renderPage } from './layout.tsx';
import { languageOf, messagesOf } from './messages.ts';

/** The detail page of an article. */
export function renderArticlePage(opened: OpenArticle, context: SiteContext, preview?: Preview): string {
  const { article, html, translations } = opened;
  const { site } = context;
  const { texts, textLang } = messagesOf(site, article.language);
  const { title, slug, summary, category } = article;
  const path = articlePath(slug);
  const trail = [
    { name: messagesOf(site).texts.news, path: streamPath(newsStream) },
    { name: title, path },
  ];
  return renderPage(
    {
      title,
      description: summary,
      path,
      trail,
      article,
      translations,
      picture: sharedPicture(article, html, context),
      preview,
    },
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
        <Corrections article={article} context={context} />
        <LeadImage article={article} context={context} />
        <div class="body e-content">{raw(pageHtml(html, article, context))}</div>
        <Credit article={article} context={context} />
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
  // Apart from white space: those that were derived before may have some in front of a full stop.
  const packed = (text: string) => text.replace(/\s/g, '');
  return packed(summaryText(html)).startsWith(packed(summary.replace(/…$/, ''))) ? (
    <data class="p-summary" value={summary} />
  ) : (
    <p class="standfirst p-summary">{summary}</p>
  );
}

function Corrections({ article, context }: { article: Article; context: SiteContext }) {
  const corrections = correctionsOf(article);
  if (corrections.length === 0) return null;
  const { textLang } = messagesOf(context.site, article.language);
  const { one, title } = ownWords({ ...context.site, language: textLang.lang });
  return (
    <ul class="corrections" aria-label={title} {...textLang}>
      {corrections.map(({ at, text }) => (
        <li>
          <strong>{one}</strong> <Time iso={at} zone={context.site.timeZone} />{' '}
          <bdi {...languageOf(article, context)}>{text}</bdi>
        </li>
      ))}
    </ul>
  );
}

function Credit({ article, context }: { article: Article; context: SiteContext }) {
  const { texts, textLang } = messagesOf(context.site, article.language);
  const { credit } = sourceOf(article, context);
  const original = originalOf(article, context);
  return (
    <>
      {credit && (
        <p class="credit">
          <bdi>{credit}</bdi>
        </p>
      )}
      {original && (
        <p class="credit" {...textLang}>
          {texts.firstPublished}
          <a href={original} class="u-repost-of">
            <bdi>{new URL(original).host}</bdi>
          </a>
        </p>
      )}
    </>
  );
}

function Tags({ article, context }: { article: Article; context: SiteContext }) {
  const { texts, textLang } = messagesOf(context.site, article.language);
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
  const { timeZone, language } = context.site;
  return (
    <p class={rel}>
      {label}
      <a href={articlePath(card.slug)} rel={rel}>
        <bdi {...languageOf(card, context)}>{card.title}</bdi>
      </a>
      <time datetime={zonedTime(card.publishedAt, timeZone)} {...languageOf({}, context)}>
        {writtenDay(card.publishedAt, timeZone, language)}
      </time>
    </p>
  );
}
