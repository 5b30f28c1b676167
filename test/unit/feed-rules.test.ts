import { expect, test } from 'vitest';
import { renderAtom } from '../../functions/feed/atom.ts';
import type { FeedInput } from '../../functions/feed/feed-content.ts';
import { renderJsonFeed } from '../../functions/feed/json-feed.ts';
import { renderRss } from '../../functions/feed/rss.ts';
import { context, emptyStream, hostileArticle, plainArticle, richStream } from '../fixtures/samples.ts';
import { attributesOf, elementsOf, readFragment } from './html-tree.ts';
import { readAtom, readRss } from './read-feeds.ts';
import { childrenOf, everyElement, readXml, textOf, type XmlElement } from './xml-tree.ts';

const linksHtml = [
  '<p><a href="/news/plain#part">a</a> <a href="#fn1">b</a> <a title="x" href="/media/bridge.png">c</a></p>',
  '<img alt="" src="/media/bridge.png" srcset="/media/bridge.png, /media/b.png 2x" />',
  '<video poster="/media/bridge.png" src="/media/film.mp4" controls><source src="/media/film.webm" /></video>',
].join('');
const linksStream: FeedInput = {
  ...emptyStream,
  articles: [
    { article: plainArticle, html: linksHtml },
    { article: hostileArticle, html: linksHtml },
  ],
};

test('has no relative address anywhere', () => {
  const documents = {
    rss: readXml(renderRss(linksStream, context)),
    atom: readXml(renderAtom(linksStream, context)),
  };
  const { items } = JSON.parse(renderJsonFeed(linksStream, context));

  const elements = Object.values(documents).flatMap(everyElement);
  const attributes = elements.flatMap(({ attributes: { href, url } }) => [href, url]);
  const texts = elements.filter(({ name }) => ['link', 'docs'].includes(name)).map(({ text }) => text);
  const html = [
    ...elements.filter(({ name }) => ['content', 'content:encoded'].includes(name)).map(({ text }) => text),
    ...items.map(({ content_html }: { content_html: string }) => content_html),
  ];
  const urls = [...attributes, ...texts, ...html.flatMap(urlsIn)].filter(Boolean);
  expect(html).toHaveLength(6);
  expect(urls.filter((url) => !/^https:\/\/[a-z]+\./.test(url ?? ''))).toEqual([]);
});

test('shows the guid from elsewhere as the id, as subscribers know the article by it', () => {
  const { items } = readRss(richStream);
  const { entries } = readAtom(richStream);
  const feed = JSON.parse(renderJsonFeed(richStream, context));

  const ids = [
    textOf(items[1] as XmlElement, 'guid'),
    textOf(entries[1] as XmlElement, 'id'),
    feed.items[1].id,
  ];
  expect(ids).toEqual([hostileArticle.guid, hostileArticle.guid, hostileArticle.guid]);
});

test.each(['12345', 'a b', 'tag:a b', 'http://<x>/', 'урок-5'])(
  'shows the article’s own id instead of the guid %s, which is no IRI',
  (guid) => {
    const stream = { ...emptyStream, articles: [{ article: { ...plainArticle, guid }, html: '' }] };

    const { items } = JSON.parse(renderJsonFeed(stream, context));

    expect(items[0].id).toBe(plainArticle.id);
  },
);

test('holds full content up to a megabyte, and all entries beyond it with their summaries', () => {
  const html = `<p>${'x'.repeat(400_000)}</p>`;
  const articles = ['a', 'b', 'c'].map((slug) => ({
    article: { ...plainArticle, slug, id: `tag:${slug}` },
    html,
  }));
  const stream = { ...emptyStream, articles };

  const { items } = readRss(stream);
  const { entries } = readAtom(stream);
  const feed = JSON.parse(renderJsonFeed(stream, context));

  expect(items.map((item) => childrenOf(item, 'content:encoded').length)).toEqual([1, 1, 0]);
  expect(entries.map((entry) => childrenOf(entry, 'content').length)).toEqual([1, 1, 0]);
  expect(feed.items.map(({ content_text }: { content_text?: string }) => content_text)).toEqual([
    undefined,
    undefined,
    'One sentence says it.',
  ]);
});

function urlsIn(html: string): string[] {
  return elementsOf(readFragment(html)).flatMap((element) => {
    const { href, src, poster, srcset } = attributesOf(element);
    const candidates = srcset?.split(', ').map((candidate) => candidate.split(' ')[0]) ?? [];
    return [href, src, poster, ...candidates].filter((url) => url !== undefined);
  });
}
