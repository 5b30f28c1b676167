import { createHash } from 'node:crypto';
import type { SiteContext } from '../article/site-context.ts';
import type { AnnounceBackend, Backend } from '../feed/backend.ts';
import { loadJson, loadSite, siteHash } from '../runtime/content.ts';
import { requireSetting, setting } from '../runtime/environment.ts';
import { connectStore } from '../store/connection.ts';

/** The backend of this execution environment, by its settings and the content in its asset. */
export function openBackend(): Backend {
  const baseUrl = requireSetting(setting.baseUrl);
  const context: SiteContext = {
    site: loadSite(),
    baseUrl,
    media: loadJson<SiteContext['media']>('media.json'),
  };
  const edition = createHash('sha256')
    .update([requireSetting(setting.rendererBuild), siteHash(), baseUrl].join('\n'))
    .digest('hex');
  return { store: connectStore(), context, edition, now: () => new Date().toISOString() };
}

/** The same for those who tell of changes. */
export function openAnnounceBackend(): AnnounceBackend {
  return { ...openBackend(), oldFeedSeconds: Number(requireSetting(setting.oldFeedSeconds)) };
}
