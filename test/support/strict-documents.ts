import { expect } from 'vitest';
import {
  attributesOf,
  elementsOf,
  findAll,
  findOne,
  type HtmlElement,
  type HtmlNode,
  nodeKindsOf,
  readFragment,
  readPage,
} from '../unit/html-tree.ts';
import { childrenOf, readXml, textOf, type XmlElement } from '../unit/xml-tree.ts';
import type { Site } from './site.ts';

/** A stream's page and feeds, read by parsers that forgive nothing but HTML. */
export interface StrictStream {
  list: HtmlNode;
  rss: XmlElement[];
  atom: XmlElement[];
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  items: any[];
}

export async function readStream(site: Site, path: string): Promise<StrictStream> {
  const names = ['rss.xml', 'atom.xml', 'feed.json'];
  const addresses = [path, ...names.map((name) => `${path}/${name}`)];
  const [list = '', rss = '', atom = '', feed = ''] = await readAll(site, addresses);
  const [channel] = childrenOf(readXml(rss), 'channel');
  return {
    list: readPage(list),
    rss: childrenOf(channel as XmlElement, 'item'),
    atom: childrenOf(readXml(atom), 'entry'),
    items: JSON.parse(feed).items,
  };
}

/** Everything the site shows of one article of the stream. */
export type StrictDocuments = Awaited<ReturnType<typeof readDocuments>>;

export async function readDocuments(site: Site, slug: string, stream: StrictStream) {
  const [page, json] = await readAll(site, [`/news/${slug}`, `/news/${slug}.json`]);
  const article = JSON.parse(json ?? '');
  const documents = {
    page: readPage(page ?? ''),
    list: stream.list,
    card: only(
      findAll(findOne(stream.list, 'ol', 'cards'), 'li').filter(
        (card) => attributesOf(findOne(card, 'a', 'u-url')).href === `/news/${slug}`,
      ),
    ),
    json: article,
    rss: only(stream.rss.filter((item) => textOf(item, 'link') === article.url)),
    atom: only(stream.atom.filter((entry) => childrenOf(entry, 'link')[0]?.attributes.href === article.url)),
    item: only(stream.items.filter(({ url }) => url === article.url)),
  };
  /** The article's HTML as each document carries it. */
  const contents = {
    json: readFragment(article.contentHtml),
    rss: readFragment(textOf(documents.rss, 'content:encoded')),
    atom: readFragment(textOf(documents.atom, 'content')),
    feed: readFragment(documents.item.content_html),
    summary: readFragment(textOf(documents.rss, 'description')),
  };
  return { ...documents, contents };
}

/** One after the other: at once, each would start an environment of the function. */
async function readAll(site: Site, paths: string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const path of paths) {
    const answer = await site.fetch(path, { headers: { Accept: 'text/html, */*;q=0.1' } });
    expect([path, answer.status]).toEqual([path, 200]);
    texts.push(await answer.text());
  }
  return texts;
}

/** What of the documents could run, load or show something that no article may; empty when all is well. */
export function findUnsafe({ page, list, contents }: StrictDocuments): string[] {
  const pages = Object.entries({ page, list }).flatMap(([name, node]) => [
    ...unsafeIn(name, node),
    ...(nodeKindsOf(node).has('#comment') ? [`${name}: a comment`] : []),
  ]);
  const frames = Object.entries({ page, list }).flatMap(([name, node]) => brokenFrame(name, node));
  const fragments = Object.entries(contents).flatMap(([name, node]) => [
    ...unsafeIn(name, node),
    ...[...nodeKindsOf(node)]
      .filter((kind) => !['#element', '#text'].includes(kind))
      .map((kind) => `${name}: ${kind}`),
  ]);
  return [...pages, ...frames, ...fragments];
}

const active =
  /^(script|iframe|frame|object|embed|applet|svg|form|input|button|textarea|select|style|base|template|noscript|plaintext|xmp|portal)$/;
const addressAttributes = [
  'href',
  'src',
  'action',
  'formaction',
  'poster',
  'background',
  'cite',
  'data',
  'ping',
  'manifest',
];

// Browsers run none of it, whatever it says.
function isData(element: HtmlElement): boolean {
  return element.tagName === 'script' && attributesOf(element).type === 'application/ld+json';
}

function unsafeIn(document: string, node: HtmlNode): string[] {
  return elementsOf(node).flatMap((element) => {
    const told = (what: string) => `${document}: <${element.tagName}> ${what}`;
    const attributes = Object.entries(attributesOf(element));
    return [
      ...(active.test(element.tagName) && !isData(element) ? [told('is active')] : []),
      ...(element.tagName === 'meta' && attributes.some(([name]) => name === 'http-equiv')
        ? [told('refreshes')]
        : []),
      ...attributes
        .filter(([name]) => /^on|^style$|^srcdoc$|^is$|:/.test(name))
        .map(([name]) => told(`has ${name}`)),
      ...attributes
        .filter(([name, value]) => addressAttributes.includes(name) && !isSafeAddress(value))
        .map(([name, value]) => told(`${name} ${value}`)),
      ...attributes
        .filter(([name, value]) => name === 'srcset' && /(^|,)\s*[a-z]+:(?!\/\/)/i.test(value))
        .map(([, value]) => told(`srcset ${value}`)),
    ];
  });
}

function isSafeAddress(value: string): boolean {
  const { protocol } = new URL(value, 'http://site.example/');
  return ['http:', 'https:', 'mailto:', 'tel:'].includes(protocol);
}

/** The page's own parts, where the page puts them. */
function brokenFrame(document: string, node: HtmlNode): string[] {
  const main = findOne(node, 'main');
  const body = findOne(node, 'body');
  const footers = elementsOf(body).filter(({ tagName }) => tagName === 'footer');
  const ids = elementsOf(node).filter((element) => attributesOf(element).id === 'content');
  return [
    ...(main.parentNode === body ? [] : [`${document}: main is not in the body`]),
    ...(footers.at(-1)?.parentNode === body ? [] : [`${document}: the footer is not in the body`]),
    ...(ids.length === 1 ? [] : [`${document}: ${ids.length} elements are the content`]),
  ];
}

function only<One>(elements: One[]): One {
  expect(elements).toHaveLength(1);
  return elements[0] as One;
}
