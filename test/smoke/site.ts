import { XMLValidator } from 'fast-xml-parser';
import { expect, vi } from 'vitest';
import { awsCredentials } from '../../infra/tools/api/credentials.ts';
import type { Answer } from '../../infra/tools/api/http.ts';
import { SiteClient } from '../../infra/tools/api/site-client.ts';
import type { SmokeRun } from '../../infra/tools/check-site.ts';

const { SMOKE_RUN } = process.env;
if (!SMOKE_RUN) throw new Error('These checks are run by: npm run newswire -- smoke');
const run: SmokeRun = JSON.parse(SMOKE_RUN);

export const { slug, isEmulated } = run;
export const site = new SiteClient({ credentials: awsCredentials(), ...run.site });
export const { siteUrl } = run.site;

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
  else expect(XMLValidator.validate(text)).toBe(true);
}
