import { expect } from 'vitest';
import { lintFeed } from '../../functions/lint/lint-feed.ts';
import { childrenOf, readXml, textOf, type XmlElement } from '../unit/xml-tree.ts';
import type { Read } from './reading.ts';

const baseUrl = 'https://news.example.com';

/** A document of a feed's history, in any format. */
export interface HistoryDocument {
  /** Below the site's base URL, as all paths here. */
  path: string;
  text: string;
  /** Of its entries, in its order. */
  ids: string[];
  /** What it names as the next document, of older entries. */
  older: string | undefined;
  /** What else RFC 5005 knows of. */
  newer: string | undefined;
  current: string | undefined;
  isArchive: boolean;
}

/** Fails unless it is there and the lint finds nothing in it. */
export async function readDocument(read: Read, path: string): Promise<HistoryDocument> {
  const answer = await read(path);
  const text = await answer.text();
  expect([path, answer.status]).toEqual([path, 200]);
  const contentType = answer.headers.get('content-type') ?? '';
  expect([path, lintFeed(text, { url: baseUrl + path, contentType })]).toEqual([path, []]);
  return { path, text, ...(text.startsWith('{') ? readJson(text) : readFeed(readXml(text))) };
}

/** The document and all older ones, each by the link of the one before. */
export async function walkBack(read: Read, path: string): Promise<HistoryDocument[]> {
  const documents: HistoryDocument[] = [];
  for (let next: string | undefined = path; next !== undefined; next = documents.at(-1)?.older)
    documents.push(await readDocument(read, next));
  return documents;
}

function readJson(text: string) {
  const { items, next_url } = JSON.parse(text);
  const ids: string[] = items.map(({ id }: { id: string }) => id);
  return { ids, older: pathOf(next_url), newer: undefined, current: undefined, isArchive: false };
}

function readFeed(root: XmlElement) {
  const [feed = root] = childrenOf(root, 'channel');
  const links = ['link', 'atom:link'].flatMap((name) => childrenOf(feed, name));
  const linked = (relation: string) =>
    pathOf(links.find(({ attributes }) => attributes.rel === relation)?.attributes.href);
  return {
    ids: [
      ...childrenOf(feed, 'item').map((item) => textOf(item, 'guid')),
      ...childrenOf(feed, 'entry').map((entry) => textOf(entry, 'id')),
    ],
    older: linked('prev-archive'),
    newer: linked('next-archive'),
    current: linked('current'),
    isArchive: childrenOf(feed, 'fh:archive').length > 0,
  };
}

function pathOf(url: string | undefined): string | undefined {
  if (url !== undefined) expect(url.slice(0, baseUrl.length)).toBe(baseUrl);
  return url?.slice(baseUrl.length);
}
