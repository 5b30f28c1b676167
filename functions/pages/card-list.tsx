import { articlePath, streamPath } from '../article/addresses.ts';
import type { Card } from '../article/article.ts';
import { writtenDay, zonedTime } from '../article/calendar.ts';
import { pictureOf, type SiteContext, sourceOf } from '../article/site-context.ts';
import { labelName } from '../article/stream-name.ts';
import { CardPicture } from './images.tsx';
import { languageOf, messagesOf } from './messages.ts';

/** Cards as a list, with headings of this level. */
export function CardList({
  cards,
  level,
  context,
}: {
  cards: Card[];
  level: 'h2' | 'h3';
  context: SiteContext;
}) {
  if (cards.length === 0) return <Empty context={context} />;
  return (
    <ol class="cards">
      {cards.map((card) => (
        <li class={pictureOf(card, context) ? 'h-entry pictured' : 'h-entry'}>
          <CardFacts card={card} context={context} />
          <Headline card={card} level={level} context={context} />
          <Summary card={card} context={context} />
          <CardPicture card={card} context={context} />
        </li>
      ))}
    </ol>
  );
}

/** Shown instead of an empty list. */
export function Empty({ context }: { context: SiteContext }) {
  const { texts, textLang } = messagesOf(context.site);
  return (
    <p class="empty" {...textLang}>
      {texts.empty}
    </p>
  );
}

export function Headline({
  card,
  level: Heading,
  context,
}: {
  card: Card;
  level: 'h2' | 'h3';
  context: SiteContext;
}) {
  return (
    <Heading class="p-name" {...languageOf(card, context)}>
      <a class="u-url" href={articlePath(card.slug)}>
        {card.title}
      </a>
    </Heading>
  );
}

export function Summary({ card, context }: { card: Card; context: SiteContext }) {
  if (card.summary === '') return null;
  return (
    <p class="p-summary" {...languageOf(card, context)}>
      {card.summary}
    </p>
  );
}

/** Category, date and source. */
export function CardFacts({ card, context }: { card: Card; context: SiteContext }) {
  const { site } = context;
  const { publishedAt, category } = card;
  const { name } = sourceOf(card, context);
  return (
    <p class="meta">
      {category && <LabelLink kind="category" label={category} />}
      <time
        datetime={zonedTime(publishedAt, site.timeZone)}
        class="dt-published"
        {...languageOf({}, context)}
      >
        {writtenDay(publishedAt, site.timeZone, site.language)}
      </time>
      {/* The site itself is not worth naming on every card. */}
      {name !== site.title && <LabelLink kind="source" label={name} />}
    </p>
  );
}

/** A category, tag or source as a link to its stream. */
export function LabelLink({ kind, label }: { kind: string; label: string }) {
  const className = kind === 'source' ? undefined : 'p-category';
  return (
    <a href={streamPath(`${kind}/${labelName(label)}`)} class={className}>
      {label}
    </a>
  );
}
