import type { Finding, Rules } from './rule.ts';

export type JsonObject = Record<string, unknown>;

export interface JsonDocument {
  feed: JsonObject;
  /** Where it is served, if known. */
  url: string | undefined;
}

/** An object in the document, with its JSON pointer. */
export interface Placed {
  value: JsonObject;
  pointer: string;
}

export function itemsOf({ feed }: JsonDocument): Placed[] {
  return listed({ value: feed, pointer: '' }, 'items');
}

/** The feed and its items. */
export function partsOf(document: JsonDocument): Placed[] {
  return [{ value: document.feed, pointer: '' }, ...itemsOf(document)];
}

/** The objects in a list. Anything else counts as an empty object; `json-type` reports it. */
export function listed({ value, pointer }: Placed, field: string): Placed[] {
  const list = value[field];
  return (Array.isArray(list) ? list : []).map((entry, index) => ({
    value: isObject(entry) ? entry : {},
    pointer: `${pointer}/${field}/${index}`,
  }));
}

export function wrong({ pointer }: Placed, field: string, message: string): Finding {
  return { message, place: `${pointer}${field && `/${field}`}` || '/' };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

type IsOfType = (value: unknown) => boolean;
type Fields = Record<string, IsOfType>;

const text: IsOfType = (value) => typeof value === 'string';
const texts: IsOfType = (value) => Array.isArray(value) && value.every(text);
const list: IsOfType = (value) => Array.isArray(value) && value.every(isObject);
const flag: IsOfType = (value) => typeof value === 'boolean';
const amount: IsOfType = (value) => typeof value === 'number' && value >= 0;

function allOf(type: IsOfType, names: string): Fields {
  return Object.fromEntries(names.split(' ').map((name) => [name, type]));
}

const inBoth = { ...allOf(text, 'title language'), authors: list, author: isObject };
const feedFields: Fields = {
  ...inBoth,
  ...allOf(text, 'version home_page_url feed_url description user_comment next_url icon favicon'),
  ...allOf(list, 'hubs items'),
  expired: flag,
};
const itemFields: Fields = {
  ...inBoth,
  ...allOf(text, 'id url external_url content_html content_text summary image banner_image'),
  ...allOf(text, 'date_published date_modified'),
  tags: texts,
  attachments: list,
};
const authorFields = allOf(text, 'name url avatar');
const hubFields = allOf(text, 'type url');
const attachmentFields = {
  ...allOf(text, 'url mime_type title'),
  ...allOf(amount, 'size_in_bytes duration_in_seconds'),
};

/** The fields of JSON Feed 1.1 and their types: https://www.jsonfeed.org/version/1.1/ */
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
        .map((name) => wrong(placed, name, 'JSON Feed knows no such field; one of your own begins with _')),
    ),
};

function objectsIn(document: JsonDocument): { placed: Placed; fields: Fields }[] {
  return partsOf(document).flatMap((part) => [
    { placed: part, fields: part.pointer === '' ? feedFields : itemFields },
    ...listed(part, 'authors').map((placed) => ({ placed, fields: authorFields })),
    ...(part.pointer === '' ? listed(part, 'hubs').map((placed) => ({ placed, fields: hubFields })) : []),
    ...listed(part, 'attachments').map((placed) => ({ placed, fields: attachmentFields })),
  ]);
}
