import { createHash } from 'node:crypto';
import type { SiteContext } from '../article/site-context.ts';
import { loadContext } from '../runtime/content.ts';
import { requireSetting, setting } from '../runtime/environment.ts';
import type { Store } from '../store/connection.ts';

/** What every public answer is made from. */
export interface Backend {
  store: Store;
  context: SiteContext;
  /** Hash of all that feeds are rendered from beside their articles; part of every feed's ETag. */
  rendering: string;
  /** ISO 8601 in UTC with milliseconds. */
  now: () => string;
}

/** The settings of site.yaml that feeds show; others, such as the colour or the navigation, move no ETag. */
export const settingsOfFeeds = [
  'title',
  'description',
  'authority',
  'language',
  'timeZone',
  'sources',
  'hubs',
] as const;

/** The backend's context and rendering, from the settings and the content of this Lambda. */
export function loadRendering(): Pick<Backend, 'context' | 'rendering'> {
  const context = loadContext<SiteContext>();
  const shown = settingsOfFeeds.map((name) => context.site[name]);
  const parts = [requireSetting(setting.rendererBuild), context.baseUrl, context.media, shown];
  return { context, rendering: createHash('sha256').update(JSON.stringify(parts)).digest('hex') };
}
