import { articlePath, mostReadPath, streamPath } from '../article/addresses.ts';
import type { Card } from '../article/article.ts';
import { imageOf, type SiteContext } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { CardFacts, CardList, Headline, LabelLink, languageOf, Summary } from './card-list.tsx';
import { renderPage } from './layout.tsx';
import { LeadImage } from './lead-image.tsx';
import { messagesOf } from './messages.ts';
import { FrontMetadata } from './page-metadata.tsx';

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
  // Those in which something happens.
  const categories = new Set(cards.flatMap(({ category }) => category ?? []));
  return renderPage(
    {
      title: site.title,
      description: site.description,
      path: '/',
      isFeed: true,
      metadata: <FrontMetadata context={context} />,
    },
    <>
      <div class="stories">
        {lead && <LeadStory card={lead} context={context} />}
        {(others.length > 0 || !lead) && (
          <section class="latest" aria-labelledby="latest">
            <h2 id="latest" class="label" {...marks}>
              {texts.latest}
            </h2>
            <CardList cards={others} level="h3" context={context} />
            <p class="pages" {...marks}>
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
  const { texts, marks } = messagesOf(context.site);
  return (
    <section class="most-read" aria-labelledby="most-read">
      <h2 id="most-read" class="label" {...marks}>
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
  const { texts, marks } = messagesOf(context.site);
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
