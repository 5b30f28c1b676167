import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { FeedBackend } from '../feed/backend.ts';
import type { Bindings } from '../runtime/lambda.ts';
import { problemResponse } from '../runtime/problem.ts';
import { changeSubscription, findSubscription, type Subscription } from '../store/subscriptions.ts';
import { respondProblem } from './respond.ts';
import { route } from './routing.ts';

/** What a hub says before it delivers (WebSub §5.2, §5.3). */
type Intent = { challenge: string; leaseSeconds: number } | { denied: string };

const hour = 3_600;
const mostLeaseSeconds = 30 * 24 * hour;
/** As of a feed that is pulled. */
const mostBytes = 5_000_000;

/** Where the hubs of followed sources call. Nothing of what they send is stored: a delivery only has the source asked at once. */
export function pushRoutes(app: Hono<Bindings>, backend: FeedBackend): void {
  const { store, now } = backend;
  const find = (c: Context) => findSubscription(store, c.req.param('id') ?? '');

  route(app, backend, 'push', {
    GET: async (c) => {
      const subscription = await find(c);
      const intent = subscription && readIntent(new URL(c.req.url).searchParams, subscription);
      const isKept = intent && (await changeSubscription(store, subscription.id, changesBy(intent, now())));
      if (!isKept) return respondProblem(c, backend, 'not-found');
      c.header('Cache-Control', 'no-store');
      return c.text('challenge' in intent ? intent.challenge : '');
    },
    POST: async (c) => {
      const subscription = await find(c);
      // By which a hub learns that it need not deliver any more.
      if (!subscription) return problemResponse('gone', { detail: 'There is no such subscription.' });
      const body = new Uint8Array(await c.req.arrayBuffer());
      if (isSigned(body, c.req.header('x-hub-signature'), subscription.secret))
        await changeSubscription(store, subscription.id, { toldAt: now() });
      // Whoever guesses is not told whether it was right (§7.1).
      return c.body(null, 204);
    },
  });
}

/** What the query of a request means; undefined if it is not what was asked for. The lease is thirty days at most. */
export function readIntent(
  query: URLSearchParams,
  { topic }: Pick<Subscription, 'topic'>,
): Intent | undefined {
  if (query.get('hub.topic') !== topic) return undefined;
  const mode = query.get('hub.mode');
  if (mode === 'denied') return { denied: query.get('hub.reason')?.slice(0, 300) ?? '' };
  const challenge = query.get('hub.challenge');
  const lease = query.get('hub.lease_seconds') ?? '';
  if (mode !== 'subscribe' || !challenge || !/^[1-9]\d{0,15}$/.test(lease)) return undefined;
  return { challenge, leaseSeconds: Math.min(mostLeaseSeconds, Number(lease)) };
}

function changesBy(intent: Intent, now: string) {
  if ('denied' in intent)
    return { until: undefined, wrong: `The hub refuses${intent.denied && `: ${intent.denied}`}` };
  const after = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString();
  const { leaseSeconds } = intent;
  // In time, but no hub makes us ask without end.
  const askAgain = after(Math.max(hour, leaseSeconds / 2));
  return { until: after(leaseSeconds), askAgain, wrong: undefined };
}

/**
 * Whether a delivery comes from who knows the secret, by its header X-Hub-Signature (§7.1). The bytes are as they came. SHA-1, which
 * WebSub still allows, is not taken.
 */
export function isSigned(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const [, method = '', hex = ''] =
    /^(sha256|sha384|sha512)=((?:[0-9a-f]{2}){32,64})$/i.exec(signature ?? '') ?? [];
  if (!method || !secret || body.length > mostBytes) return false;
  const expected = createHmac(method.toLowerCase(), secret).update(body).digest();
  const given = Buffer.from(hex, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
