import { randomBytes } from 'node:crypto';
import { pushPath } from '../article/addresses.ts';
import type { SourceState } from '../store/sources.ts';
import {
  addSubscription,
  changeSubscription,
  removeSubscription,
  type Subscription,
} from '../store/subscriptions.ts';
import { addressIn, type Feed, LeftOut } from './feed-item.ts';
import { type Fetched, type FetchOptions, safePost } from './safe-fetch.ts';
import { FetchError } from './send-request.ts';
import type { Desk } from './store-items.ts';

const day = 86_400_000;
/** Also the time for which a run has a source for itself. */
const shortestPause = 5 * 60_000;
const leaseSeconds = 864_000;
const postMilliseconds = 5_000;
const longestAddress = 2048;

/** The hub that a feed names, and the address by which the hub knows the feed: in HTTP, else in the document (WebSub §4). */
export function findHub({ hub, self }: Feed, { headers, url: base }: Fetched): SourceState['hub'] {
  const links = [...(headers.get('link') ?? '').matchAll(/<([^<>]*)>([^<]*)/g)];
  const linked = (wanted: string) => {
    const found = links.find(([, , parameters = '']) => {
      const [, quoted, bare = ''] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters) ?? [];
      return (quoted ?? bare).toLowerCase().split(/\s+/).includes(wanted);
    });
    return found && addressIn(found[1], base, new LeftOut());
  };
  const [url, topic] = [linked('hub') ?? hub, linked('self') ?? self];
  return url && topic && Math.max(url.length, topic.length) <= longestAddress ? { url, topic } : undefined;
}

/**
 * When a source is to be asked again: once its hub has told of a change, though not more often than site.yaml could have it asked. A source
 * that fails, or is gone (undefined), keeps its pauses.
 */
export function dueTime(
  { lastTry, nextTry, failures }: SourceState,
  { toldAt = '' }: Partial<Subscription> = {},
  now: string,
): string | undefined {
  const isRested = Date.parse(now) - Date.parse(lastTry) >= shortestPause;
  const isTold = toldAt > lastTry && isRested && failures === 0;
  return isTold && nextTry !== undefined && toldAt < nextTry ? toldAt : nextTry;
}

/** Sees to it that the hub which the source names tells of its changes, and no other. A hub that does not is the owner's to know. */
export async function keepSubscribed(
  { store, baseUrl, network, now }: Desk,
  { name, hub }: SourceState,
  former: Subscription | undefined,
): Promise<void> {
  const known = former?.hub === hub?.url && former?.topic === hub?.topic ? former : undefined;
  if (former && !known) await removeSubscription(store, former.id);
  if (!hub || (known && known.askAgain > now())) return;
  const askAgain = new Date(Date.parse(now()) + day).toISOString();
  const subscription = known ?? {
    ...{ id: randomBytes(24).toString('base64url'), secret: randomBytes(32).toString('hex') },
    ...{ source: name, hub: hub.url, topic: hub.topic, askAgain },
  };
  const { id } = subscription;
  // Before the hub is asked, for it may call back at once.
  if (known) await changeSubscription(store, id, { askAgain });
  else await addSubscription(store, subscription);
  const wrong = await ask(subscription, { from: baseUrl, network });
  if (wrong) await changeSubscription(store, id, { wrong });
}

/** Why the hub does not take it; undefined if it does. */
async function ask(
  { id, hub, topic, secret }: Subscription,
  options: FetchOptions,
): Promise<string | undefined> {
  const form = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.callback': options.from + pushPath(id),
    'hub.secret': secret,
    'hub.lease_seconds': String(leaseSeconds),
  });
  try {
    const { status } = await safePost(hub, form, { ...options, milliseconds: postMilliseconds });
    return status >= 200 && status < 300 ? undefined : `${new URL(hub).host} answers ${status}`;
  } catch (error) {
    if (error instanceof FetchError) return error.message;
    throw error;
  }
}
