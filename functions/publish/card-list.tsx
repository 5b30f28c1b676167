import type { Card } from '../article/article.ts';
import { labelName } from '../article/stream-name.ts';
import { articlePath, streamPath } from './addresses.ts';
import { direction } from './layout.tsx';
import { type SiteContext, sourceOf } from './site-context.ts';
import { readableTime, zonedTime } from './times.ts';

/** Cards as a list of headlines, newest first. */
export function CardList({ cards, context }: { cards: Card[]; context: SiteContext }) {
  const { site } = context;
  if (cards.length === 0) return <p class="empty">There are no articles here.</p>;
  return (
    <ol class="cards">
      {cards.map((card) => (
        <li lang={card.language ?? site.language} dir={direction(card.language ?? site.language)}>
          <h2>
            <a href={articlePath(card.slug)}>{card.title}</a>
          </h2>
          <p>{card.summary}</p>
          <p class="meta">
            <Time iso={card.publishedAt} zone={site.timeZone} />
            <span>{sourceOf(card, context).name}</span>
            {card.category && <LabelLink kind="category" label={card.category} />}
          </p>
        </li>
      ))}
    </ol>
  );
}

export function Time({ iso, zone }: { iso: string; zone: string }) {
  return <time datetime={zonedTime(iso, zone)}>{readableTime(iso, zone)}</time>;
}

/** A category, tag or source as a link to its stream. */
export function LabelLink({ kind, label }: { kind: string; label: string }) {
  return <a href={streamPath(`${kind}/${labelName(label)}`)}>{label}</a>;
}
