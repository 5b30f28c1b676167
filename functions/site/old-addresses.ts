import type { MiddlewareHandler } from 'hono';
import { oldFeedForms } from '../api/routes.ts';
import { feedPath } from '../article/addresses.ts';
import { oldPathsFor, type Redirect, spellOldPath, targetOf } from '../article/old-path.ts';
import { absoluteUrl } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import type { FeedBackend } from '../feed/backend.ts';
import type { Bindings } from '../runtime/lambda.ts';
import { withoutSlashesAtEnd } from '../runtime/request.ts';
import { findRedirects } from '../store/redirects.ts';
import { redirectTo } from './routing.ts';

/**
 * Leads on from addresses of the site that was here before: those of site.yaml, which win, and those that are stored. They are looked for
 * where there is nothing, and at the front page when it is asked for with a query such as `?p=12`.
 */
export function leadFromOldAddresses({ store, context }: FeedBackend): MiddlewareHandler<Bindings> {
  const listed = new Map(context.site.redirects.map((redirect) => [redirect.from, redirect]));

  /** The address that the closest of these old paths leads to. */
  async function findTarget(spelled: string, paths: string[]): Promise<string | undefined> {
    const isListed = paths.findIndex((from) => listed.has(from));
    const closer = isListed < 0 ? paths : paths.slice(0, isListed);
    const stored = await findRedirects(store, closer);
    const [found] = paths.flatMap((from): Redirect[] => {
      const redirect = listed.get(from) ?? stored.get(from);
      return redirect ? [redirect] : [];
    });
    return found && absoluteUrl(targetOf(found, spelled), context);
  }

  /** Of the front page's own address with a query, such as `?p=12` or `?feed=rss2`. */
  async function findFrontTarget(spelled: string): Promise<string | undefined> {
    const [, feed = ''] = /^\/\?feed=(.*)$/.exec(spelled) ?? [];
    const form = Object.hasOwn(oldFeedForms, feed) ? oldFeedForms[feed] : undefined;
    return (
      (await findTarget(spelled, [spelled])) ?? (form && absoluteUrl(feedPath(newsStream, form), context))
    );
  }

  return async (c, next) => {
    if (!['GET', 'HEAD'].includes(c.req.method)) return next();
    const url = new URL(c.req.url);
    if (url.pathname === '/' && url.search) {
      const spelled = spellOldPath(url);
      const target = spelled === '/' ? undefined : await findFrontTarget(spelled);
      if (target) return redirectTo(c, target);
    }
    await next();
    // With a slash at its end the address without one is asked for first, and comes here.
    if (c.res.status !== 404 || url.pathname !== withoutSlashesAtEnd(url.pathname)) return;
    const spelled = spellOldPath(url);
    const target = await findTarget(spelled, oldPathsFor(spelled));
    if (!target) return;
    // hono would keep the headers of the answer that is replaced.
    c.res = undefined;
    c.res = new Response(null, { status: 308, headers: { Location: target, 'Cache-Control': 'no-cache' } });
  };
}
