import { renderAtom } from '../../functions/feed/atom.ts';
import { renderJsonFeed } from '../../functions/feed/json-feed.ts';
import { renderRss } from '../../functions/feed/rss.ts';
import { renderStreamPage } from '../../functions/pages/stream-page.tsx';
import { archiveStream, cardOf, context, hostileArticle, richStream } from '../fixtures/samples.ts';

// Run in a process of its own: prints what it renders, and what it was told of time, zone and language.
const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
const month = { month: '2026-02', olderMonth: '2026-01', older: undefined, newer: undefined };

console.log(
  JSON.stringify({
    told: [new Date().toISOString(), timeZone, locale],
    rendered: [
      renderRss(richStream, context),
      renderAtom(richStream, context),
      renderJsonFeed(richStream, context),
      renderRss(archiveStream('rss'), context),
      renderAtom(archiveStream('atom'), context),
      renderStreamPage(
        { stream: { name: 'news', label: 'news' }, cards: [cardOf(hostileArticle)], ...month },
        context,
      ),
    ],
  }),
);
