import { raw } from 'hono/html';
import type { Card } from '../article/article.ts';
import { newsStream } from '../article/stream-name.ts';
import { articlePath, imageOf, mediaPath, pageHtml } from './addresses.ts';
import type { OpenArticle } from './article-json.ts';
import { LabelLink, Time } from './card-list.tsx';
import { direction, renderPage } from './layout.tsx';
import { type SiteContext, sourceOf } from './site-context.ts';

/** The detail page: breadcrumb, title, update date, source, views, body, credit line, previous and next. */
export function renderArticlePage(
  { article, html, views, previous, next }: OpenArticle,
  context: SiteContext,
): string {
  const { site } = context;
  const language = article.language ?? site.language;
  const { credit } = sourceOf(article, context);
  const image = imageOf(article, context);
  return renderPage(
    {
      title: article.title,
      description: article.summary,
      path: articlePath(article.slug),
      feeds: [{ stream: newsStream, label: site.title }],
    },
    <>
      <nav class="breadcrumb" aria-label="Breadcrumb">
        <a href="/">Home</a> <a href="/news">News</a>{' '}
        <span lang={language} dir={direction(language)}>
          {article.title}
        </span>
      </nav>
      <article lang={language} dir={direction(language)}>
        <h1>{article.title}</h1>
        <ArticleFacts article={article} views={views} context={context} />
        {image && (
          <img
            class="lead"
            src={mediaPath(article.image?.url ?? '', context)}
            alt={image.alt ?? ''}
            width={image.width}
            height={image.height}
          />
        )}
        <div class="body">{raw(pageHtml(html, context))}</div>
        {credit && <p class="credit">{credit}</p>}
        {article.tags.length > 0 && (
          <ul class="tags" aria-label="Tags">
            {article.tags.map((tag) => (
              <li>
                <LabelLink kind="tag" label={tag} />
              </li>
            ))}
          </ul>
        )}
      </article>
      <nav class="neighbours" aria-label="Articles">
        <Neighbour label="Previous" card={previous} site={site} rel="prev" />
        <Neighbour label="Next" card={next} site={site} rel="next" />
      </nav>
    </>,
    context,
  );
}

function ArticleFacts({
  article,
  views,
  context,
}: Pick<OpenArticle, 'article' | 'views'> & { context: SiteContext }) {
  const { site } = context;
  const source = sourceOf(article, context);
  return (
    <p class="meta" lang={site.language} dir={direction(site.language)}>
      <span>
        Update date: <Time iso={article.updatedAt} zone={site.timeZone} />
      </span>
      <span>Source: {source.url ? <a href={source.url}>{source.name}</a> : source.name}</span>
      {views !== undefined && <span>Views: {views}</span>}
      {article.authors.length > 0 && <span>By {article.authors.join(', ')}</span>}
      {article.category && <LabelLink kind="category" label={article.category} />}
    </p>
  );
}

function Neighbour({
  label,
  card,
  site,
  rel,
}: {
  label: string;
  card: Card | undefined;
  site: SiteContext['site'];
  rel: string;
}) {
  if (!card) return null;
  return (
    <p>
      {label}:{' '}
      <a href={articlePath(card.slug)} rel={rel} lang={card.language ?? site.language}>
        {card.title}
      </a>
    </p>
  );
}
