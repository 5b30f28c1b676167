import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import { Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { type FeedBackend, loadRendering } from './feed/backend.ts';
import { compression } from './runtime/compression.ts';
import { loadOwnCss } from './runtime/content.ts';
import { answerEvent, type Bindings } from './runtime/lambda.ts';
import { logger, logInvocation } from './runtime/log.ts';
import { withoutSlashesAtEnd } from './runtime/request.ts';
import { articleRoutes } from './site/article-routes.ts';
import { directoryRoutes } from './site/directory-routes.ts';
import { feedRoutes } from './site/feed-routes.ts';
import { fileRoutes } from './site/file-routes.ts';
import { mostReadRoutes } from './site/most-read-routes.ts';
import { leadFromOldAddresses } from './site/old-addresses.ts';
import { pushRoutes } from './site/push-routes.ts';
import { respondFailure, respondProblem } from './site/respond.ts';
import { staticFileRoutes } from './site/static-files.ts';
import { streamRoutes } from './site/stream-routes.ts';
import { connectStore, limitCalls } from './store/connection.ts';

/** The app that answers every public request. */
export function readSite(backend: FeedBackend): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.use(compression);
  app.use(
    unlessNotModified(
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          styleSrc: ["'self'"],
          fontSrc: ["'self'"],
          // Articles may show pictures and films from where they were first published.
          imgSrc: ["'self'", 'https:', 'http:'],
          mediaSrc: ["'self'", 'https:', 'http:'],
          // No page runs a script, but checkers such as Lighthouse fetch robots.txt from within the page.
          connectSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
        referrerPolicy: 'strict-origin-when-cross-origin',
        // Web-based feed readers show the site's images on their own pages.
        crossOriginResourcePolicy: 'cross-origin',
        strictTransportSecurity: 'max-age=15552000',
        xFrameOptions: 'DENY',
        xXssProtection: false,
        xDnsPrefetchControl: false,
        xDownloadOptions: false,
        originAgentCluster: false,
      }),
    ),
  );
  app.use(async (c, next) => {
    await next();
    // Nothing here is for some readers only, so pages of other sites may read everything.
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Access-Control-Expose-Headers', 'ETag, Link, Retry-After');
  });
  app.use(leadFromOldAddresses(backend));
  staticFileRoutes(app, backend);
  feedRoutes(app, backend);
  articleRoutes(app, backend);
  streamRoutes(app, backend);
  mostReadRoutes(app, backend);
  fileRoutes(app, backend);
  directoryRoutes(app, backend);
  pushRoutes(app, backend);
  app.notFound(async (c) => {
    // The path as it was sent: hono's own is partly decoded.
    const { pathname, search } = new URL(c.req.url);
    const trimmed = withoutSlashesAtEnd(pathname);
    if (trimmed === pathname) return respondProblem(c, backend, 'not-found');
    const url = backend.context.baseUrl + trimmed + search;
    // Nobody is led to where there is nothing. HEAD counts no view.
    const there = await app.request(url, { headers: c.req.raw.headers, method: 'HEAD' }, c.env);
    if (there.status === 404) return respondProblem(c, backend, 'not-found');
    return c.redirect((there.status === 308 && there.headers.get('location')) || url, 308);
  });
  app.onError((error, c) => {
    logger.error('A request failed', { path: c.req.path, error });
    return respondFailure(c, backend, error);
  });
  return app;
}

/** A 304 leaves the headers of the answer that the reader keeps as they are (RFC 9111 §3.2). */
function unlessNotModified(setHeaders: MiddlewareHandler): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.res.status !== 304) await setHeaders(c, async () => {});
  };
}

function loadLook(): ReturnType<typeof loadRendering> {
  const { context, rendering } = loadRendering();
  return { context: { ...context, ownCss: loadOwnCss() }, rendering };
}

let app: Hono<Bindings> | undefined;

export function handler(event: APIGatewayProxyEventV2, context: LambdaContext) {
  logInvocation(context, event);
  limitCalls(context);
  app ??= readSite({ store: connectStore(), ...loadLook(), now: () => new Date().toISOString() });
  return answerEvent(app, event);
}
