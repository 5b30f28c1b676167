import { relativeAddressesIn } from './html-addresses.ts';
import { isText, itemsOf, type JsonDocument, listed, type Placed, partsOf, wrong } from './json-fields.ts';
import { type Finding, type Rules, repeated } from './rule.ts';
import { findUnfitCharacter, isHttpUrl, isLanguage, isMediaType, isRfc3339 } from './values.ts';

const addresses =
  'home_page_url feed_url next_url icon favicon url external_url image banner_image avatar'.split(' ');

/** JSON Feed 1.1: required fields and their values. */
export const jsonRules: Rules<JsonDocument> = {
  'json-version': ({ feed }) =>
    feed.version === 'https://jsonfeed.org/version/1.1'
      ? []
      : [wrong(root(feed), 'version', 'Has to be https://jsonfeed.org/version/1.1')],

  'json-required': ({ feed }) => [
    ...(isText(feed.title) ? [] : [wrong(root(feed), 'title', 'Is missing')]),
    ...(feed.items === undefined ? [wrong(root(feed), 'items', 'Is missing')] : []),
  ],

  'json-item-id': (document) =>
    itemsOf(document)
      .filter(({ value }) => !isText(value.id))
      .map((item) => wrong(item, 'id', 'Is missing, or is no text')),

  'json-item-unique': (document) =>
    repeated(
      itemsOf(document).filter(({ value }) => isText(value.id)),
      ({ value }) => String(value.id),
    ).map((item) => wrong(item, 'id', 'Another item has the same id')),

  'json-item-content': (document) =>
    itemsOf(document)
      .filter(({ value }) => value.content_html === undefined && value.content_text === undefined)
      .map((item) => wrong(item, '', 'Has neither content_html nor content_text')),

  'json-authors': (document) =>
    partsOf(document)
      .flatMap((part) => listed(part, 'authors'))
      .filter(({ value }) => !['name', 'url', 'avatar'].some((field) => isText(value[field])))
      .map((author) => wrong(author, '', 'Needs a name, url or avatar')),

  'json-author': (document) =>
    partsOf(document)
      .filter(({ value }) => value.author !== undefined)
      .map((part) => wrong(part, 'author', 'Belongs to version 1.0: write authors')),

  'json-date': (document) =>
    each(itemsOf(document), ['date_published', 'date_modified'], isRfc3339, 'Is no date of RFC 3339'),

  'json-language': (document) =>
    each(partsOf(document), ['language'], isLanguage, 'Is no language tag of BCP 47'),

  'json-address': (document) => {
    const parts = partsOf(document).flatMap((part) => [part, ...listed(part, 'authors')]);
    return each(parts, addresses, isHttpUrl, 'Is no absolute http or https address');
  },

  'json-feed-url': ({ feed, url = feed.feed_url }) =>
    feed.feed_url === url ? [] : [wrong(root(feed), 'feed_url', `Has to be ${url}`)],

  'json-next-url': ({ feed, url = feed.feed_url }) =>
    feed.next_url !== undefined && feed.next_url === url
      ? [wrong(root(feed), 'next_url', 'Leads to the document itself')]
      : [],

  'json-hubs': ({ feed }) =>
    listed(root(feed), 'hubs')
      .filter(({ value: { type, url } }) => !isText(type) || !isText(url) || !isHttpUrl(url))
      .map((hub) => wrong(hub, '', 'Needs a type and an absolute url')),

  'json-attachments': (document) =>
    itemsOf(document)
      .flatMap((item) => listed(item, 'attachments'))
      .filter(({ value: { url, mime_type } }) => !isHttpUrl(String(url)) || !isMediaType(String(mime_type)))
      .map((attachment) => wrong(attachment, '', 'Needs an absolute url and a mime_type')),

  'json-content-address': (document) =>
    itemsOf(document).flatMap((item) =>
      relativeAddressesIn(String(item.value.content_html ?? '')).map((address) => {
        const what = address || 'Is an empty address';
        return wrong(item, 'content_html', `${what} leads nowhere in a reader: it is relative`);
      }),
    ),

  // JSON can escape any character, but readers turn it into XML or HTML.
  'json-characters': ({ feed }) => unfitIn(root(feed)),
};

function root(value: JsonDocument['feed']): Placed {
  return { value, pointer: '' };
}

function each(parts: Placed[], fields: string[], isRight: (text: string) => boolean, message: string) {
  return parts.flatMap((part) =>
    fields
      .filter((field) => typeof part.value[field] === 'string' && !isRight(part.value[field]))
      .map((field) => wrong(part, field, message)),
  );
}

// Deeper, it would take one's stack and, for pointers, the square of one's time.
const maxDepth = 200;

function unfitIn({ value, pointer }: Placed, depth = 1): Finding[] {
  if (depth > maxDepth) return [{ message: `Nests more than ${maxDepth} values`, place: pointer }];
  return Object.entries(value).flatMap(([field, inside]) => {
    if (typeof inside === 'object' && inside !== null)
      return unfitIn({ value: { ...inside }, pointer: `${pointer}/${field}` }, depth + 1);
    const unfit = typeof inside === 'string' ? findUnfitCharacter(inside) : undefined;
    return unfit ? [wrong({ value, pointer }, field, `Holds the character ${unfit}`)] : [];
  });
}
