import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { deskPath } from './api/routes.ts';
import type { Site } from './article/site.ts';
import type { DeskSettings, SignIn } from './desk/settings.ts';
import { compression } from './runtime/compression.ts';
import { loadJson } from './runtime/content.ts';
import { requireSetting, setting } from './runtime/environment.ts';
import { answerEvent, type Bindings } from './runtime/lambda.ts';
import { logger, logInvocation } from './runtime/log.ts';
import { failureResponse, problemResponse } from './runtime/problem.ts';

export interface DeskPage {
  settings: DeskSettings;
  /** Scripts and stylesheets by name, which holds a hash of the content. */
  files: Map<string, Buffer>;
}

const types: Record<string, string> = { js: 'text/javascript', css: 'text/css' };
const allow = { Allow: 'GET, HEAD' };

/** The desk in the browser: one page and its files. All that it does it asks of the signed API. */
export function desk({ settings, files }: DeskPage): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.use(compression);
  app.use(async (c, next) => {
    // CloudFront puts this into what it passes on. Readers' scripts, should there ever be one, are of another origin than the desk.
    if (c.req.header('x-amz-cf-id')) return problemResponse('not-found');
    if (!['GET', 'HEAD'].includes(c.req.method)) return problemResponse('wrong-method', {}, allow);
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Strict-Transport-Security', 'max-age=15552000');
    c.header('X-Robots-Tag', 'noindex');
  });
  app.get(deskPath, (c) => {
    const { host } = new URL(c.req.url);
    c.header('Content-Security-Policy', policyFor(host, { settings, files }));
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Cache-Control', 'no-store');
    return c.html(pageOf({ settings, files }));
  });
  app.get(`${deskPath}/:file`, (c) => {
    const name = c.req.param('file');
    const bytes = files.get(name);
    if (!bytes) return problemResponse('not-found');
    const type = types[name.split('.').at(-1) ?? ''] ?? '';
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': `${type}; charset=utf-8` });
  });
  app.notFound(() => problemResponse('not-found'));
  app.onError((error) => {
    logger.error('The desk failed', { error });
    return failureResponse(error);
  });
  return app;
}

/** Own scripts and styles by their addresses alone, and nobody to talk to but the API and the pool. */
function policyFor(host: string, { settings, files }: DeskPage): string {
  const { siteUrl, signIn, region } = settings;
  const named = (ending: string) =>
    [...files.keys()].filter((name) => name.endsWith(ending)).map((name) => `${host}${deskPath}/${name}`);
  const pool = signIn.kind === 'cognito' ? [signIn.domain, `cognito-identity.${region}.amazonaws.com`] : [];
  const directives = [
    "default-src 'none'",
    `script-src ${named('.js').join(' ')}`,
    `style-src ${[...named('.css'), siteUrl].join(' ')}`,
    `connect-src 'self' ${siteUrl} ${pool.map((name) => `https://${name}`).join(' ')}`,
    `img-src 'self' ${siteUrl} data: blob: https:`,
    `media-src 'self' ${siteUrl} https:`,
    `font-src ${siteUrl}`,
    // Previews are shown in a frame that may run nothing, and their addresses are the site's.
    `base-uri ${siteUrl}`,
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // ProseMirror reads what is pasted by a policy of its own.
    'trusted-types desk ProseMirrorClipboard',
  ];
  return directives.map((directive) => directive.trim()).join('; ');
}

function pageOf({ settings, files }: DeskPage) {
  const start = (ending: string) =>
    `${deskPath}/${[...files.keys()].find((name) => name.startsWith('main.') && name.endsWith(ending))}`;
  return html`<!doctype html>
<html lang="${settings.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${settings.title}</title>
<link rel="stylesheet" href="${start('.css')}">
<script type="module" src="${start('.js')}"></script>
</head>
<body data-settings="${JSON.stringify(settings)}">
<noscript>The desk needs JavaScript.</noscript>
</body>
</html>
`;
}

function openDesk(): DeskPage {
  const { title, language, timeZone } = loadJson<Site>('site.json');
  const signIn: SignIn = JSON.parse(process.env[setting.deskSignIn] ?? '{"kind":"keys"}');
  const folder = join(requireSetting('LAMBDA_TASK_ROOT'), 'assets');
  const [siteUrl, region] = [requireSetting(setting.baseUrl), requireSetting('AWS_REGION')];
  return {
    settings: { siteUrl, title, language, timeZone, region, signIn },
    files: new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))])),
  };
}

let app: Hono<Bindings> | undefined;

export function handler(event: APIGatewayProxyEventV2, context: LambdaContext) {
  logInvocation(context, event);
  app ??= desk(openDesk());
  return answerEvent(app, event);
}
