import { articlePath, mostReadPath, streamPath } from '../article/addresses.ts';
import type { Card } from '../article/article.ts';
import { imageOf, type SiteContext } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { CardFacts, CardList, Headline, LabelLink, Summary } from './card-list.tsx';
import { LeadImage } from './images.tsx';
import { renderPage } from './layout.tsx';
import { languageOf, messagesOf } from './messages.ts';

export interface FrontPage {
  cards: Card[];
  /** Empty until there is a ranking. */
  mostRead: Card[];
}

/** The newest article as lead, the others below it, most read and the sections beside them. */
export function renderFrontPage({ cards, mostRead }: FrontPage, context: SiteContext): string {
  const { site } = context;
  const { texts, textLang } = messagesOf(site);
  const [lead, ...others] = cards;
  // Only the categories of the articles shown.
  const categories = new Set(cards.flatMap(({ category }) => category ?? []));
  return renderPage(
    { title: site.title, description: site.description, path: '/', isFeed: true },
    <>
      <div class="stories">
        {lead && <LeadStory card={lead} context={context} />}
        {(others.length > 0 || !lead) && (
          <section class="latest" aria-labelledby="latest">
            <h2 id="latest" class="label" {...textLang}>
              {texts.latest}
            </h2>
            <CardList cards={others} level="h3" context={context} />
            <p class="pages" {...textLang}>
              <a href={streamPath(newsStream)}>{texts.allNews}</a>
            </p>
          </section>
        )}
        {(mostRead.length > 0 || categories.size > 0) && (
          <aside>
            {mostRead.length > 0 && <MostRead cards={mostRead} context={context} />}
            {categories.size > 0 && <Sections categories={categories} context={context} />}
          </aside>
        )}
      </div>
      <data class="p-name" value={site.title} />
    </>,
    context,
  );
}

function LeadStory({ card, context }: { card: Card; context: SiteContext }) {
  const image = imageOf(card, context);
  return (
    <article class={image ? 'lead-story pictured h-entry' : 'lead-story h-entry'}>
      <div>
        <CardFacts card={card} context={context} />
        <Headline card={card} level="h2" context={context} />
        <Summary card={card} context={context} />
      </div>
      <LeadImage article={card} context={context} />
    </article>
  );
}

function MostRead({ cards, context }: { cards: Card[]; context: SiteContext }) {
  const { texts, textLang } = messagesOf(context.site);
  return (
    <section class="most-read" aria-labelledby="most-read">
      <h2 id="most-read" class="label" {...textLang}>
        <a href={mostReadPath}>{texts.mostRead}</a>
      </h2>
      <ol>
        {cards.map((card) => (
          <li>
            <a href={articlePath(card.slug)} {...languageOf(card, context)}>
              {card.title}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Sections({ categories, context }: { categories: Set<string>; context: SiteContext }) {
  const { texts, textLang } = messagesOf(context.site);
  return (
    <nav class="sections" aria-labelledby="sections">
      <h2 id="sections" class="label" {...textLang}>
        {texts.sections}
      </h2>
      <ul>
        {[...categories].map((category) => (
          <li>
            <LabelLink kind="category" label={category} />
          </li>
        ))}
      </ul>
    </nav>
  );
}
