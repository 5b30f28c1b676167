import type { ArticleInput } from '../article/article-input.ts';
import { renderBody } from '../article/render-body.ts';
import { inspectPicture, RefusedPictureError } from '../media/inspect-picture.ts';
import { callBucket } from '../store/bucket.ts';
import { type Copy, findCopies, keepCopy, keyOfCopy, nameOfCopy } from '../store/copies.ts';
import { decodeReferences, withoutPixels } from './feed-html.ts';
import { safeFetch } from './safe-fetch.ts';
import { FetchError } from './send-request.ts';
import type { Desk } from './store-items.ts';

export interface Copying {
  /** How many more pictures this run may fetch. */
  room: { pictures: number };
  mayGoOn: () => boolean;
  /** Is told of what stays a link. */
  leave: (why: string) => void;
}

const mostPictures = 20;
const mostBytes = 10_000_000;
/** The function that stores pictures runs every minute. */
const patienceMilliseconds = 600_000;

/**
 * The input with its pictures as our own. Undefined while some are still on their way: this fetches them and leaves their bytes in the
 * bucket. What cannot be had stays a link.
 */
export async function copyPictures(
  desk: Desk,
  input: ArticleInput,
  { room, mayGoOn, leave }: Copying,
): Promise<ArticleInput | undefined> {
  const { baseUrl, store } = desk;
  const place = { baseUrl, slug: 'item', title: input.title };
  const clean = (html: string) => renderBody({ html }, place).html;
  // What counts readers must be asked for by each of them.
  const all = picturesOf(clean(withoutPixels(input.html ?? '')), input.image?.url);
  const addresses = all.slice(0, mostPictures);
  const found = await findCopies(store, addresses.map(nameOfCopy));
  const own = new Map<string, string>();
  const wrong = all.slice(mostPictures).map((address) => `${address} is one of more than ${mostPictures}`);
  let isComing = false;
  for (const address of addresses) {
    const known = found.get(nameOfCopy(address));
    if (typeof known === 'string') own.set(address, `/media/${known}`);
    else if (known === undefined && (room.pictures === 0 || !mayGoOn())) isComing = true;
    else {
      if (known === undefined) room.pictures -= 1;
      const why = known ? whyNot(known, desk.now()) : await fetchPicture(desk, address);
      if (why === undefined) isComing = true;
      else wrong.push(`${address} ${why}`);
    }
  }
  if (isComing) return undefined;
  if (wrong.length > 0) leave(`without copies of its pictures: ${wrong.join('; ')}`);
  const { image } = input;
  return {
    ...input,
    ...(input.html !== undefined && { html: withOwn(clean(input.html), own) }),
    ...(image && { image: { ...image, url: own.get(image.url) ?? image.url } }),
  };
}

function picturesOf(html: string, lead: string | undefined): string[] {
  const shown = (html.match(/<img [^>]*>/g) ?? []).map(addressOf);
  return [...new Set([lead ?? '', ...shown])].filter((address) => /^https?:/.test(address));
}

function addressOf(tag: string): string {
  return decodeReferences(/ src="([^"]*)"/.exec(tag)?.[1] ?? '');
}

/** Undefined while it may still come. */
function whyNot({ at, wrong }: Copy, now: string): string | undefined {
  const isLate = Date.parse(now) - Date.parse(at) > patienceMilliseconds;
  return wrong ?? (isLate ? 'was fetched, but not stored: the log of media has the cause' : undefined);
}

/** Undefined once its bytes wait in the bucket; else why they do not. */
async function fetchPicture(
  { baseUrl, network, store, now }: Desk,
  address: string,
): Promise<string | undefined> {
  try {
    const headers = { accept: 'image/avif, image/webp, image/*;q=0.9' };
    const options = { from: baseUrl, network, headers, maxBytes: mostBytes };
    const { status, body, url } = await safeFetch(address, options);
    if (status !== 200) return `cannot be had: ${new URL(url).host} answers ${status}`;
    const { type } = inspectPicture(body);
    const name = nameOfCopy(address);
    await callBucket({ method: 'PUT', key: keyOfCopy(name), body, headers: { 'content-type': type } });
    await keepCopy(store, { name, at: now() });
    return undefined;
  } catch (error) {
    if (error instanceof FetchError) return `cannot be had: ${error.message}`;
    if (error instanceof RefusedPictureError) return error.message;
    throw error;
  }
}

/** Of clean HTML, where values stand between double quotes. The copies come in sizes of their own. */
function withOwn(html: string, own: Map<string, string>): string {
  return html
    .replace(/<picture[ >].*?<\/picture>/gs, (picture) =>
      own.has(addressOf(/<img [^>]*>/.exec(picture)?.[0] ?? ''))
        ? picture.replace(/<source [^>]*>/g, '')
        : picture,
    )
    .replace(/<img [^>]*>/g, (tag) => {
      const path = own.get(addressOf(tag));
      if (path === undefined) return tag;
      return tag
        .replace(/ (?:srcset|sizes|width|height)="[^"]*"/g, '')
        .replace(/ src="[^"]*"/, ` src="${path}"`);
    });
}
