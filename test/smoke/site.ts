import { expect, vi } from 'vitest';
import { awsCredentials } from '../../infra/tools/api/credentials.ts';
import { type Answer, type Request, send } from '../../infra/tools/api/http.ts';
import { sendSigned, type Writing } from '../../infra/tools/api/write-api.ts';
import type { SmokeRun } from '../../infra/tools/smoke.ts';
import { readXml } from '../unit/xml-tree.ts';

const { SMOKE_RUN } = process.env;
if (!SMOKE_RUN) throw new Error('These checks are run by: npm run newswire -- smoke');
const run: SmokeRun = JSON.parse(SMOKE_RUN);

export const { slug, isEmulated } = run;
export const { siteUrl } = run.site;
const { baseUrl, publishUrl } = run.site;
const access = { credentials: awsCredentials(), ...run.site };

/** The site as its readers and its editors reach it: one attempt per request. */
export const site = {
  read: (path: string, request?: Request) => send(baseUrl + path, request),

  /** Reads from the API itself: at the edge an older answer may still be kept. */
  readFresh: (path: string, request?: Request) => send(publishUrl + path, request),

  /** The JSON that a path answers with. Throws when it answers anything else. */
  // biome-ignore lint/suspicious/noExplicitAny: checks look at what they expect
  async json(path: string): Promise<any> {
    const answer = await site.read(path, { headers: { accept: 'application/json' } });
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    return JSON.parse(answer.text);
  },

  /** A signed request for an article of the write API. */
  write: (slug: string, method: string, writing?: Writing) =>
    sendSigned(access, method, `/articles/${slug}`, writing),

  /** A signed GET of the write API. */
  readSigned: (path: string) => sendSigned(access, 'GET', path),
};

export const feedTypes = {
  '/rss.xml': 'application/rss+xml',
  '/atom.xml': 'application/atom+xml',
  '/feed.json': 'application/feed+json',
} as const;
export const feedPaths = Object.keys(feedTypes) as (keyof typeof feedTypes)[];
export const varyByAccept = /\baccept\b(?!-)/i;

/** A browser that reads ahead, which counts no view of anybody's article. */
const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-purpose': 'prefetch' };

/** The page that a path shows to a browser, with this status. */
export async function readPage(path: string, status = 200): Promise<Answer> {
  const answer = await site.read(path, { headers: asBrowser });
  expect(answer.status).toBe(status);
  expect(answer.header('content-type')).toMatch(/^text\/html; ?charset=utf-8$/i);
  return answer;
}

/** Looks again until it passes, as long as a write may take to reach readers. */
export function soon<Result>(look: () => Promise<Result>): Promise<Result> {
  return run.patience === 0 ? look() : vi.waitFor(look, { timeout: run.patience * 1000, interval: 250 });
}

export function expectWellFormed(path: string, text: string): void {
  if (path.endsWith('.json')) expect(JSON.parse(text).version).toMatch(/^https:\/\/jsonfeed\.org\/version\//);
  else expect(() => readXml(text)).not.toThrow();
}
