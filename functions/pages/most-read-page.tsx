import type { MostReadJson } from '../api/answers.ts';
import { articlePath, mostReadPath } from '../article/addresses.ts';
import type { Card } from '../article/article.ts';
import { type Period, periodNames } from '../article/calendar.ts';
import type { SiteContext } from '../article/site-context.ts';
import { cardJson } from './article-json.ts';
import { Empty } from './card-list.tsx';
import { CardPicture } from './images.tsx';
import { renderPage } from './layout.tsx';
import { languageOf, messagesOf } from './messages.ts';

/** A card with its views in the period, as of the last ranking. */
export type RankedCard = Card & { views: number };
export type RankedCards = Record<Period, RankedCard[]>;

/** The most read articles, in one section per period. */
export function renderMostReadPage(ranked: RankedCards, context: SiteContext): string {
  const { site } = context;
  const { texts, textLang } = messagesOf(site);
  const title = texts.mostRead;
  const description = `${title}: ${site.description}`;
  return renderPage(
    { title, description, path: mostReadPath, trail: [{ name: title, path: mostReadPath }] },
    <>
      <h1 {...textLang}>{title}</h1>
      <div class="rankings">
        {periodNames.map((period) => (
          <section class="most-read" aria-labelledby={period}>
            <h2 id={period} class="label" {...textLang}>
              {texts.periods[period]}
            </h2>
            <Ranked cards={ranked[period]} context={context} />
          </section>
        ))}
      </div>
    </>,
    context,
  );
}

function Ranked({ cards, context }: { cards: RankedCard[]; context: SiteContext }) {
  const { texts, textLang } = messagesOf(context.site);
  if (cards.length === 0) return <Empty context={context} />;
  return (
    <ol>
      {cards.map((card) => (
        <li>
          <div>
            <a href={articlePath(card.slug)} {...languageOf(card, context)}>
              {card.title}
            </a>{' '}
            <span class="meta" {...textLang}>
              {texts.views}
              {card.views}
            </span>
          </div>
          <CardPicture card={card} context={context} />
        </li>
      ))}
    </ol>
  );
}

export function mostReadJson(ranked: RankedCards, context: SiteContext): MostReadJson {
  const listed = (period: Period) =>
    ranked[period].map((card) => ({ ...cardJson(card, context), views: card.views }));
  return {
    title: messagesOf(context.site).texts.mostRead,
    url: context.baseUrl + mostReadPath,
    periods: {
      today: listed('today'),
      week: listed('week'),
      month: listed('month'),
      ever: listed('ever'),
    },
  };
}
