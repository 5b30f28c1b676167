import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Article } from '../../functions/article/article.ts';
import { portableHtml } from '../../functions/article/body-html.ts';
import { textLine } from '../../functions/article/text.ts';
import type { FeedInput } from '../../functions/feed/feed-content.ts';
import { renderJsonFeed } from '../../functions/feed/json-feed.ts';
import { context, emptyStream } from '../fixtures/samples.ts';
import { anyLine, anyPublished } from './arbitraries.ts';
import { readAtom, readRss } from './read-feeds.ts';
import { childrenOf, textOf, textsOf } from './xml-tree.ts';

const storedLine = anyLine.map((line) => textLine(100).parse(line));

function feedOf(published: { article: Article; html: string }) {
  const stream: FeedInput = { ...emptyStream, articles: [published] };
  const { article } = published;
  const { source } = article;
  const html = portableHtml(published.html, article, context);
  const credit = `<p class="credit">${asHtml(source?.credit ?? `Source: ${source?.name}`)}</p>`;
  const names = source ? [source.name] : [];
  return {
    stream,
    content: source ? `${html}\n${credit}` : html,
    creators: article.authors.length > 0 ? article.authors : names,
  };
}

function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

// The source is none that the site knows, so an address of more than a host is that of the text.
function isOriginal(url: string | undefined): boolean {
  return url !== undefined && new URL(url).pathname !== '/';
}

function labelsOf({ category, tags }: { category?: string | undefined; tags: string[] }): string[] {
  return [...(category === undefined ? [] : [category]), ...tags];
}

function readAsHtml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

test('any article’s texts come back from RSS as they were', () => {
  fc.assert(
    fc.property(anyPublished, (published) => {
      const { article } = published;
      const { stream, content, creators } = feedOf(published);

      const [item] = readRss(stream).items;

      if (!item) throw new Error('no item');
      expect(textOf(item, 'title')).toBe(article.title);
      expect(readAsHtml(textOf(item, 'description'))).toBe(article.summary);
      expect(textOf(item, 'content:encoded')).toBe(content);
      expect(textsOf(item, 'category')).toEqual(labelsOf(article));
      expect(textsOf(item, 'dc:creator')).toEqual(creators);
      expect([article.id, article.guid]).toContain(textOf(item, 'guid'));
      expect(
        childrenOf(item, 'media:content').flatMap((media) => textsOf(media, 'media:description')),
      ).toEqual(article.image?.alt === undefined ? [] : [article.image.alt]);
    }),
  );
});

test('any article’s texts come back from Atom as they were', () => {
  fc.assert(
    fc.property(anyPublished, (published) => {
      const { article } = published;
      const { stream, content, creators } = feedOf(published);

      const [entry] = readAtom(stream).entries;

      if (!entry) throw new Error('no entry');
      expect(textOf(entry, 'title')).toBe(article.title);
      expect(textOf(entry, 'summary')).toBe(article.summary);
      expect(textOf(entry, 'content')).toBe(content);
      expect(childrenOf(entry, 'category').map(({ attributes }) => attributes.term)).toEqual(
        labelsOf(article),
      );
      expect(childrenOf(entry, 'author').map((author) => textOf(author, 'name'))).toEqual(creators);
      expect([article.id, article.guid]).toContain(textOf(entry, 'id'));
      const via = childrenOf(entry, 'link').filter(({ attributes }) => attributes.rel === 'via');
      expect(via.map(({ attributes }) => [attributes.title, attributes.href])).toEqual(
        isOriginal(article.source?.url) ? [[article.source?.name, article.source?.url]] : [],
      );
    }),
  );
});

test('any article’s texts come back from JSON Feed as they were', () => {
  fc.assert(
    fc.property(anyPublished, (published) => {
      const { article } = published;
      const { stream, content, creators } = feedOf(published);

      const feed = JSON.parse(renderJsonFeed(stream, context));

      expect(feed.items).toHaveLength(1);
      expect(feed.items[0]).toMatchObject({
        title: article.title,
        summary: article.summary,
        content_html: content,
        tags: labelsOf(article),
      });
      expect(feed.items[0].authors?.map(({ name }: { name: string }) => name) ?? []).toEqual(creators);
    }),
  );
});

test('any site’s and stream’s names come back from every format as they were', () => {
  fc.assert(
    fc.property(storedLine, storedLine, storedLine, (title, description, label) => {
      const settings = { ...context, site: { ...context.site, title, description } };
      const stream = { ...emptyStream, stream: 'tag/x', label };

      const { channel } = readRss(stream, settings);
      const { feed } = readAtom(stream, settings);
      const json = JSON.parse(renderJsonFeed(stream, settings));

      const name = `${title}: ${label}`;
      expect([textOf(channel, 'title'), textOf(feed, 'title'), json.title]).toEqual([name, name, name]);
      expect([textOf(channel, 'description'), textOf(feed, 'subtitle'), json.description]).toEqual([
        description,
        description,
        description,
      ]);
    }),
  );
});
