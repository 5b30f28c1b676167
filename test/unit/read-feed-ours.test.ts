import { expect, test } from 'vitest';
import { renderAtom } from '../../functions/feed/atom.ts';
import { renderJsonFeed } from '../../functions/feed/json-feed.ts';
import { renderRss } from '../../functions/feed/rss.ts';
import { chineseArticle, context, hostileArticle, plainArticle, richStream } from '../fixtures/samples.ts';
import { read } from './read-feed.ts';

const original = 'https://gazette.example.org/story';
const articles = richStream.articles.map(({ article, html }) => ({
  article: { ...article, original },
  html,
}));

// RSS leaves open whether a title is HTML, and whose mail address stands behind a name.
const title = `A & B x ]]> ]]> "q" 's' & &`;

test.each([
  ['RSS', renderRss, { title, authors: ['Ann & Bob', 'C. "Dee"'] }],
  ['Atom', renderAtom, hostileArticle],
  ['JSON Feed', renderJsonFeed, hostileArticle],
])("reads another newswire's %s as it was meant", (format, render, { title, authors }) => {
  const feed = read(render({ ...richStream, articles }, context));

  expect(feed).toMatchObject({
    title: 'Gate & Bridge: 云计算',
    home: 'https://news.example.com/tag/%E4%BA%91%E8%AE%A1%E7%AE%97',
    hub: 'https://hub.example.net/?topic=1&mode=a',
    tombstones:
      format === 'Atom' ? richStream.tombstones.map(({ id, when }) => ({ guid: id, at: when })) : [],
    leftOut: [],
  });
  const written = [chineseArticle, hostileArticle, plainArticle];
  expect(feed.items.map(({ title }) => title)).toEqual([chineseArticle.title, title, plainArticle.title]);
  expect(feed.items.map(({ publishedAt }) => publishedAt)).toEqual(
    written.map(({ publishedAt }) => publishedAt),
  );
  expect(feed.items.map(({ guid }) => guid)).toEqual(
    written.map(({ id, guid }) => (id.includes('hostile') ? guid : id)),
  );
  expect(feed.items.map(({ link }) => link)).toEqual(
    written.map(({ slug }) => `https://news.example.com/news/${slug}`),
  );
  expect(feed.items.map(({ via }) => via)).toEqual([original, original, original]);
  expect(feed.items.map(({ summary }) => summary)).toEqual(written.map(({ summary }) => summary));
  expect(feed.items[1]).toMatchObject({
    authors,
    labels: [hostileArticle.category, ...hostileArticle.tags],
    language: 'en-GB',
    credit: 'First <in> the "Gazette"',
    picture: { url: 'https://news.example.com/media/bridge.0123456789abcdef.png' },
  });
  expect(feed.items[1]?.html).toContain('<code class="language-js">if (a &lt; b)');
});
