import type { Card } from '../article/article.ts';
import { newsStream } from '../article/stream-name.ts';
import { articlePath, imageOf, mostReadPath, streamPath } from './addresses.ts';
import { CardFacts, CardList, Headline, LabelLink, languageOf } from './card-list.tsx';
import { renderPage } from './layout.tsx';
import { LeadImage } from './lead-image.tsx';
import { messagesOf } from './messages.ts';
import { FrontMetadata } from './page-metadata.tsx';
import type { SiteContext } from './site-context.ts';

/** The newest cards, and those that were opened most often: none until that is known. */
export interface FrontPage {
  cards: Card[];
  mostRead: Card[];
}

/** The front page: the newest article large, the others below it, most read and the sections beside them. */
export function renderFrontPage({ cards, mostRead }: FrontPage, context: SiteContext): string {
  const { site } = context;
  const { texts, marks } = messagesOf(site);
  const [lead, ...others] = cards;
  return renderPage(
    {
      title: site.title,
      description: site.description,
      path: '/',
      metadata: <FrontMetadata context={context} />,
    },
    <div class="stories">
      {lead && <LeadStory card={lead} context={context} />}
      <section class="latest" aria-labelledby="latest">
        <h2 id="latest" class="label" {...marks}>
          {texts.latest}
        </h2>
        <CardList cards={others} context={context} />
        <p class="pages" {...marks}>
          <a href={streamPath(newsStream)}>{texts.allNews}</a>
        </p>
      </section>
      <aside>
        {mostRead.length > 0 && <MostRead cards={mostRead} context={context} />}
        <Sections cards={cards} context={context} />
      </aside>
    </div>,
    context,
  );
}

function LeadStory({ card, context }: { card: Card; context: SiteContext }) {
  const image = imageOf(card, context);
  return (
    <article
      class={image ? 'lead-story pictured h-entry' : 'lead-story h-entry'}
      {...languageOf(card, context)}
    >
      <div>
        <CardFacts card={card} context={context} />
        <Headline card={card} />
        {card.summary && <p class="p-summary">{card.summary}</p>}
      </div>
      <LeadImage article={card} context={context} />
    </article>
  );
}

function MostRead({ cards, context }: { cards: Card[]; context: SiteContext }) {
  const { texts, marks } = messagesOf(context.site);
  return (
    <section class="most-read" aria-labelledby="most-read">
      <h2 id="most-read" class="label" {...marks}>
        <a href={mostReadPath}>{texts.mostRead}</a>
      </h2>
      <ol>
        {cards.map((card) => (
          <li {...languageOf(card, context)}>
            <a href={articlePath(card.slug)}>{card.title}</a>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The categories of the newest articles: those in which something happens. */
function Sections({ cards, context }: { cards: Card[]; context: SiteContext }) {
  const { texts, marks } = messagesOf(context.site);
  const categories = new Set(cards.flatMap(({ category }) => category ?? []));
  if (categories.size === 0) return null;
  return (
    <nav class="sections" aria-labelledby="sections">
      <h2 id="sections" class="label" {...marks}>
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
