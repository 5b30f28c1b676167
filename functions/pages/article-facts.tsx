import { articlePath } from '../article/addresses.ts';
import type { Article } from '../article/article.ts';
import { readableTime, zonedTime } from '../article/calendar.ts';
import { type SiteContext, sourceOf } from '../article/site-context.ts';
import type { OpenArticle } from './article-json.ts';
import { languageOf, messagesOf } from './messages.ts';

/** The line below the headline: dates, source, views, authors, translations. */
export function ArticleFacts({ opened, context }: { opened: OpenArticle; context: SiteContext }) {
  const { article, views, translations } = opened;
  const { site } = context;
  const { texts, textLang } = messagesOf(site, article.language);
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

/** Names its zone to whoever points at it, and in print. */
export function Time({ iso, zone, class: className }: { iso: string; zone: string; class?: string }) {
  const datetime = zonedTime(iso, zone);
  return (
    <time datetime={datetime} class={className} title={`${zone}, UTC${datetime.slice(-'+00:00'.length)}`}>
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
