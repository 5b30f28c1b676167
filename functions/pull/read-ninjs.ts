import { readDate } from './feed-date.ts';
import { plainText, withAbsoluteLinks } from './feed-html.ts';
import {
  distinct,
  type Enclosure,
  newest,
  oneLine,
  type RawFeed,
  type RawItem,
  type Tombstone,
} from './feed-item.ts';
import { addressOf, type JsonObject, objectOf, objectsOf, textAsHtmlOf, textOf } from './feed-json.ts';
import { dateOf, languageOf, type Reading } from './feed-modules.ts';

export function isNinjs(item: JsonObject): boolean {
  const { uri, versioncreated, headline, headlines } = item;
  return (
    textOf(uri) !== undefined && [versioncreated, headline, headlines].some((field) => field !== undefined)
  );
}

/** IPTC's ninjs 1 to 3. A cancelled item is a tombstone, one that is withheld is left out. */
export function readNinjs(items: JsonObject[], reading: Reading): RawFeed {
  const usable = items.filter(({ pubstatus = 'usable' }) => pubstatus === 'usable');
  for (const { pubstatus, uri } of items)
    if (pubstatus === 'withheld') reading.leftOut.add('An item that is withheld', String(uri));
  return {
    title: '',
    items: newest(usable, ({ versioncreated }) => readDate(textOf(versioncreated) ?? ''), reading).map(
      (item) => readItem(item, reading),
    ),
    tombstones: items
      .filter(({ pubstatus }) => pubstatus === 'canceled')
      .flatMap(({ uri, versioncreated }): Tombstone[] => {
        const guid = oneLine(textOf(uri));
        return guid ? [{ guid, at: dateOf(textOf(versioncreated), reading) }] : [];
      }),
  };
}

function readItem(item: JsonObject, reading: Reading): RawItem {
  const uri = textOf(item.uri);
  const link = [item.url, item.link, uri].map(textOf).find((one) => /^https?:/.test(one ?? ''));
  const base = link ?? reading.url;
  const bodies = objectsOf(item.bodies);
  const body = bodies.find(({ contenttype }) => /html/.test(textOf(contenttype) ?? ''));
  const html =
    [body?.value, item.body_html, item.body_xhtml].map(textOf).find((text) => text !== undefined) ??
    [bodies[0]?.value, item.body_text].map(textAsHtmlOf).find((text) => text !== undefined);
  const enclosures = Object.values(objectOf(item.associations))
    .concat(objectsOf(item.associations))
    .flatMap((one) => renditionsOf(objectOf(one), base, reading));
  const picture = [...renditionsOf(item, base, reading), ...enclosures].find(({ type }) =>
    type?.startsWith('image/'),
  );
  const description = textOf(item.description_text) ?? textOf(objectsOf(item.descriptions)[0]?.value);
  return {
    guid: oneLine(uri),
    link: addressOf(link, reading),
    title: oneLine(
      textOf(item.headline) ?? textOf(objectsOf(item.headlines)[0]?.value) ?? textOf(item.title),
    ),
    html: html === undefined ? undefined : withAbsoluteLinks(html, base),
    summary: description === undefined ? undefined : oneLine(plainText(description)),
    authors: distinct(
      [
        textOf(item.byline),
        ...objectsOf(item.bylines).map(({ byline }) => textOf(byline)),
        ...objectsOf(item.people)
          .filter(({ rel }) => rel === 'author')
          .map(({ name }) => textOf(name)),
      ].map(oneLine),
    ),
    publishedAt: dateOf(textOf(item.firstcreated) ?? textOf(item.versioncreated), reading),
    updatedAt: dateOf(textOf(item.versioncreated), reading),
    labels: distinct(objectsOf(item.subject ?? item.subjects).map(({ name }) => oneLine(textOf(name)))),
    picture: picture && { url: picture.url },
    enclosures,
    language: languageOf(textOf(item.language)),
    credit: oneLine(textOf(item.usageterms) ?? textOf(item.copyrightnotice)),
  };
}

/** Named by key in ninjs 1 and 2, listed in 3. */
function renditionsOf({ renditions }: JsonObject, base: string, reading: Reading): Enclosure[] {
  return [...Object.values(objectOf(renditions)), ...objectsOf(renditions)].flatMap((one): Enclosure[] => {
    const { href, mimetype, contenttype, sizeinbytes } = objectOf(one);
    const url = addressOf(href, reading, base);
    const length = typeof sizeinbytes === 'number' ? sizeinbytes : undefined;
    return url ? [{ url, type: textOf(mimetype) ?? textOf(contenttype), length }] : [];
  });
}
