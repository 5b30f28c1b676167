import { type JsonObject, objectOf, objectsOf } from '../../../../functions/pull/feed-json.ts';
import { type Element, type Node, oneLine, textOf } from './blocks.ts';

/** What an ordinary page says of its article to machines, dates as it writes them. */
export interface Structured {
  title: string | undefined;
  published: string | undefined;
  updated: string | undefined;
  summary: string | undefined;
  authors: string[];
  categories: string[];
  tags: string[];
  image: string | undefined;
  body: Element;
}

const articleType = /^(?:\w*Article|BlogPosting|LiveBlogPosting|Report)$/;

/** Undefined for a page that does not say that it is an article, by JSON-LD, Open Graph or a dated `article`. */
export function readStructured(html: Element): Structured | undefined {
  const elements = [...descendants(html)];
  const meta = (wanted: string) =>
    elements
      .filter(
        ({ nodeName, attrs }) =>
          nodeName === 'meta' && [attribute(attrs, 'property'), attribute(attrs, 'name')].includes(wanted),
      )
      .map(({ attrs }) => attribute(attrs, 'content') ?? '')
      .filter((content) => content.trim() !== '');
  const told = elements.map(linkedData).find((found) => found !== undefined) ?? {};
  const element = elements.find(({ attrs }) => attribute(attrs, 'itemprop') === 'articleBody');
  const article = element ?? elements.find(({ nodeName }) => nodeName === 'article');
  const time = elements.find(
    ({ nodeName, attrs }) => nodeName === 'time' && attribute(attrs, 'datetime') !== undefined,
  );
  const published =
    textIn(told.datePublished) ??
    meta('article:published_time')[0] ??
    (article && attribute(time?.attrs ?? [], 'datetime'));
  const isArticle =
    told['@type'] !== undefined || meta('og:type').includes('article') || published !== undefined;
  const body =
    article ??
    elements.find(({ nodeName, attrs }) => nodeName === 'main' || attribute(attrs, 'role') === 'main');
  if (!isArticle || !body) return undefined;
  const heading =
    elements.find(({ nodeName }) => nodeName === 'h1') ??
    elements.find(({ nodeName }) => nodeName === 'title');
  return {
    title: textIn(told.headline) ?? meta('og:title')[0] ?? (heading && oneLine(textOf(heading))),
    published,
    updated: textIn(told.dateModified) ?? meta('article:modified_time')[0],
    summary: textIn(told.description) ?? meta('og:description')[0] ?? meta('description')[0],
    authors: firstOf(namesIn(told.author), meta('author')),
    categories: firstOf(namesIn(told.articleSection), meta('article:section')),
    tags: firstOf(
      namesIn(told.keywords).flatMap((words) => words.split(/[,，、;]/)),
      meta('article:tag'),
    ),
    image: namesIn(told.image, 'url')[0] ?? meta('og:image')[0],
    body: withoutHead(body),
  };
}

export function* descendants(element: Element): Generator<Element> {
  const left: Node[] = [element];
  for (let node = left.pop(); node; node = left.pop()) {
    if (!('childNodes' in node)) continue;
    yield node;
    for (const child of node.childNodes.toReversed()) left.push(child);
  }
}

export function attribute(attrs: Element['attrs'], wanted: string): string | undefined {
  return attrs.find(({ name }) => name === wanted)?.value;
}

/** The first article that a script of JSON-LD describes. */
function linkedData({ nodeName, attrs, childNodes }: Element): JsonObject | undefined {
  if (nodeName !== 'script' || attribute(attrs, 'type') !== 'application/ld+json') return undefined;
  try {
    const data: unknown = JSON.parse(
      childNodes.map((child) => ('value' in child ? child.value : '')).join(''),
    );
    const things = [objectOf(data), ...objectsOf(data), ...objectsOf(objectOf(data)['@graph'])];
    return things.find((thing) => listOf(thing['@type']).some((type) => articleType.test(String(type))));
  } catch {
    return undefined;
  }
}

/** The name above the text stands in the title, and its date and authors in their fields. */
function withoutHead(body: Element): Element {
  for (const element of descendants(body))
    element.childNodes = element.childNodes.filter(
      (child) =>
        child.nodeName !== 'h1' &&
        (child.nodeName !== 'header' ||
          ![...descendants(child as Element)].some(({ nodeName }) => nodeName === 'h1')),
    );
  return body;
}

function namesIn(value: unknown, field = 'name'): string[] {
  return listOf(value).flatMap((one) => textIn(one) ?? textIn(objectOf(one)[field]) ?? []);
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function firstOf(...lists: string[][]): string[] {
  return lists.find((list) => list.length > 0) ?? [];
}
