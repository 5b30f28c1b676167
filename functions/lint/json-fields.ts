import { isObject, type JsonDocument, listed, type Placed, partsOf, wrong } from './json-document.ts';
import type { Rules } from './rule.ts';

const text = (value: unknown) => typeof value === 'string';
const texts = (value: unknown) => Array.isArray(value) && value.every(text);
const list = (value: unknown) => Array.isArray(value) && value.every(isObject);
const flag = (value: unknown) => typeof value === 'boolean';
const amount = (value: unknown) => typeof value === 'number' && value >= 0;

type Fields = Record<string, (value: unknown) => boolean>;

const person: Fields = { name: text, url: text, avatar: text };
const attachment: Fields = {
  url: text,
  mime_type: text,
  title: text,
  size_in_bytes: amount,
  duration_in_seconds: amount,
};
const hub: Fields = { type: text, url: text };
const inBoth: Fields = { title: text, language: text, authors: list, author: isObject };
const feed: Fields = {
  ...inBoth,
  ...{
    version: text,
    home_page_url: text,
    feed_url: text,
    description: text,
    user_comment: text,
    next_url: text,
  },
  ...{ icon: text, favicon: text, expired: flag, hubs: list, items: list },
};
const item: Fields = {
  ...inBoth,
  ...{ id: text, url: text, external_url: text, content_html: text, content_text: text, summary: text },
  ...{
    image: text,
    banner_image: text,
    date_published: text,
    date_modified: text,
    tags: texts,
    attachments: list,
  },
};

/** JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/: which fields there are, and of which type. */
export const jsonFields: Rules<JsonDocument> = {
  'json-type': (document) =>
    objectsIn(document).flatMap(({ placed, fields }) =>
      Object.entries(placed.value)
        .filter(([name, value]) => Object.hasOwn(fields, name) && !fields[name]?.(value))
        .map(([name]) => wrong(placed, name, 'Is of another type than JSON Feed says')),
    ),

  'json-extension': (document) =>
    objectsIn(document).flatMap(({ placed, fields }) =>
      Object.keys(placed.value)
        .filter((name) => !Object.hasOwn(fields, name) && !name.startsWith('_'))
        .map((name) => wrong(placed, name, 'JSON Feed knows no such field; an own one begins with _')),
    ),
};

function objectsIn(document: JsonDocument): { placed: Placed; fields: Fields }[] {
  return partsOf(document).flatMap((part) => [
    { placed: part, fields: part.pointer === '' ? feed : item },
    ...listed(part, 'authors').map((placed) => ({ placed, fields: person })),
    ...(part.pointer === '' ? listed(part, 'hubs').map((placed) => ({ placed, fields: hub })) : []),
    ...listed(part, 'attachments').map((placed) => ({ placed, fields: attachment })),
  ]);
}
