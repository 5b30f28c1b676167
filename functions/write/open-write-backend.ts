import type { Site } from '../article/site.ts';
import { loadJson } from '../runtime/content.ts';
import { requireSetting, setting } from '../runtime/environment.ts';
import { connectStore } from '../store/connection.ts';
import type { WriteBackend } from './write-article.ts';

/** The backend of this execution environment, by its settings and the content in its asset. */
export function openWriteBackend(): WriteBackend {
  const { authority, timeZone, datesWithoutZone } = loadJson<Site>('site.json');
  return {
    ...{ store: connectStore(), authority, timeZone },
    ...(datesWithoutZone === 'site' && { dateZone: timeZone }),
    baseUrl: requireSetting(setting.baseUrl),
    now: () => new Date().toISOString(),
  };
}
