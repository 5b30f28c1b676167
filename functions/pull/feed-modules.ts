import { canonicalLanguage } from '../article/fields.ts';
import { truncate } from '../article/text.ts';
import { readDate } from './feed-date.ts';
import {
  addressIn,
  distinct,
  type Enclosure,
  type FeedItem,
  type LeftOut,
  lineOf,
  oneLine,
} from './feed-item.ts';
import { childOf, childrenOf, textIn, textOf, type XmlElement } from './feed-xml.ts';

/** What is known while a feed is read: where it is. */
export interface Reading {
  url: string;
  leftOut: LeftOut;
  mostItems: number;
}

export function dateOf(written: string | undefined, { leftOut }: Reading): string | undefined {
  const date = written ? readDate(written) : undefined;
  if (written && !date) leftOut.add('A date that is not certain, or has no time zone', written);
  return date;
}

/** Of the first child that has a certain one, among kinds separated by spaces. */
export function dateIn(element: XmlElement, kinds: string, reading: Reading): string | undefined {
  const written = kinds
    .split(' ')
    .map((kind) => textIn(element, kind))
    .filter((text) => text !== undefined);
  return written.map(readDate).find((date) => date !== undefined) ?? dateOf(written[0], reading);
}

export function languageOf(written: string | undefined): string | undefined {
  return written === undefined ? undefined : canonicalLanguage(written.trim().replaceAll('_', '-'));
}

export function addressOf(element: XmlElement, written: string | undefined, base: string, reading: Reading) {
  return addressIn(written, element.base ?? base, reading.leftOut);
}

/** The name of a person, of what RSS says is a mail address: jo@example.com (Jo), Jo <jo@example.com>, Jo. */
export function personOf(written: string | undefined): string | undefined {
  const line = lineOf(written) ?? '';
  const [, named = line] =
    /^[^\s@]+@[^\s@]+ ?\((.+)\)$/.exec(line) ?? /^([^<>]+)<[^<>]+@[^<>]+>$/.exec(line) ?? [];
  return /^(?:[^\s@]+@[^\s@]+)?$/.test(named) ? undefined : named.trim();
}

/** A line too long for one name is a list, as arXiv's, if each part of it is a name of several words. */
export function personsOf(written: string): string[] {
  const line = personOf(written) ?? '';
  const names = line.split(/,? and |, /);
  return line.length > 100 && names.every((name) => /\S \S/.test(name)) ? names : [line];
}

export function labelsOf(item: XmlElement): string[] {
  const categories = childrenOf(item, 'atom:category').map(
    ({ attributes }) =>
      // Blogger says by one what kind of entry it is.
      attributes.label ?? (/^https?:/.test(attributes.term ?? '') ? undefined : attributes.term),
  );
  const subjects = ['category', 'dc:subject'].flatMap((kind) => childrenOf(item, kind)).map(textOf);
  const keywords = (textIn(item, 'itunes:keywords media:keywords') ?? '').split(',');
  return distinct([...categories.map(oneLine), ...[...subjects, ...keywords].map(lineOf)]);
}

/** Those of Media RSS, also those in groups. */
function mediaOf(item: XmlElement, kind: string): XmlElement[] {
  const groups = childrenOf(item, 'media:group');
  const contents = [item, ...groups].flatMap((parent) => childrenOf(parent, 'media:content'));
  return [item, ...groups, ...(kind === 'media:content' ? [] : contents)].flatMap((parent) =>
    childrenOf(parent, kind),
  );
}

const imageFile = /\.(?:avif|gif|jpe?g|png|webp)(?:[?#]|$)/i;

function isImage({ attributes: { medium, type, url = '' } }: XmlElement): boolean {
  if (type) return type.startsWith('image/');
  return medium ? medium === 'image' : imageFile.test(url);
}

// WordPress and GitHub show their authors' faces among an item's pictures.
function isFace({ attributes: { url = '', width, height } }: XmlElement): boolean {
  return /\bgravatar\.com\//.test(url) || Math.min(sizeOf(width), sizeOf(height)) < 100;
}

function sizeOf(pixels: string | undefined): number {
  return Number(pixels) || Number.POSITIVE_INFINITY;
}

export function enclosuresOf(item: XmlElement, base: string, reading: Reading): Enclosure[] {
  const links = childrenOf(item, 'atom:link').filter(({ attributes }) => attributes.rel === 'enclosure');
  const media = mediaOf(item, 'media:content').filter((one) => !isImage(one));
  const found = new Map<string, Enclosure>();
  for (const element of [...childrenOf(item, 'enclosure'), ...links, ...media]) {
    const { url, href, type, length, fileSize } = element.attributes;
    const address = addressOf(element, url ?? href, base, reading);
    const bytes = Number(length ?? fileSize);
    const size = bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
    if (address && !found.has(address))
      found.set(address, { url: address, type: type || undefined, length: size });
  }
  return [...found.values()];
}

export function pictureOf(
  item: XmlElement,
  enclosures: Enclosure[],
  base: string,
  reading: Reading,
): FeedItem['picture'] {
  const pictures = mediaOf(item, 'media:content').filter((one) => isImage(one) && !isFace(one));
  const width = ({ attributes }: XmlElement) => Number(attributes.width) || 0;
  const [largest] = pictures.sort((one, other) => width(other) - width(one));
  const enclosed = enclosures.find(({ type, url }) =>
    type ? type.startsWith('image/') : imageFile.test(url),
  );
  if (!largest && enclosed) return { url: enclosed.url };
  const thumbnail = mediaOf(item, 'media:thumbnail').find((one) => !isFace(one));
  const image = childOf(item, 'itunes:image image');
  const shown = largest ?? thumbnail ?? image;
  if (!shown) return undefined;
  const { url: address, href } = shown.attributes;
  const url = addressOf(shown, address ?? href ?? textIn(shown, 'url') ?? textOf(shown), base, reading);
  const alt = lineOf(textIn(largest, 'media:description media:title'));
  // Mastodon's are longer than an article's may be.
  return url ? { url, alt: alt && truncate(alt, 500) } : undefined;
}

/** By Media RSS and the podcasts' namespace, where an item has no text of its own. */
export function describedBy(item: XmlElement): string | undefined {
  const described = mediaOf(item, 'media:description')[0];
  return (described && textOf(described)) || textIn(item, 'itunes:summary itunes:subtitle');
}
