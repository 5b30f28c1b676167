import { createHash } from 'node:crypto';
import { ownWords } from '../article/corrections.ts';
import type { SiteContext } from '../article/site-context.ts';
import { loadContext } from '../runtime/content.ts';
import { requireSetting, setting } from '../runtime/environment.ts';
import type { Store } from '../store/connection.ts';

/** What lists are made from. */
export interface Backend {
  store: Store;
  context: SiteContext;
  /** ISO 8601 in UTC with milliseconds. */
  now: () => string;
}

/** What every public response is made from. */
export interface FeedBackend extends Backend {
  /** Hash of everything but the articles that feeds are rendered from. Part of every feed's ETag. */
  rendering: string;
}

/** The settings of site.yaml that feeds show. Changing another one, such as the colour, moves no ETag. */
export const settingsOfFeeds = [
  'title',
  'description',
  'authority',
  'language',
  'timeZone',
  'sources',
  'hubs',
] as const;

/** Reads them from this Lambda's environment and content. */
export function loadRendering(): Pick<FeedBackend, 'context' | 'rendering'> {
  const context = loadContext<SiteContext>();
  const shown = settingsOfFeeds.map((name) => context.site[name]);
  const build = requireSetting(setting.rendererBuild);
  const parts = [build, context.baseUrl, context.media, shown, ownWords(context.site)];
  return { context, rendering: createHash('sha256').update(JSON.stringify(parts)).digest('hex') };
}
