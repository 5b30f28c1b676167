import type { Picture } from '../article/picture.ts';
import type { Site } from '../article/site.ts';
import { loadJson } from '../runtime/content.ts';
import { requireSetting, setting } from '../runtime/environment.ts';
import { connectStore, type Store } from '../store/connection.ts';

/** Where articles are written to. */
export interface WriteBackend {
  store: Store;
  /** The owner's domain in every new article's id. */
  authority: string;
  /** The site's origin, without a slash at the end: links to it are kept root-relative. */
  baseUrl: string;
  /** IANA: the days in addresses made here are this zone's. */
  timeZone: string;
  /** The zone of dates that are written without one; absent, such dates are refused. */
  dateZone?: string | undefined;
  /** The site's language, if quotation marks are to be those of an article's language. */
  typography?: string | undefined;
  /** The pictures that the site has, by name; without it any may be named. */
  media?: Record<string, Picture>;
  /** What site.yaml says. */
  site?: Site;
  /** content/style.css, which previews show. */
  ownCss?: string;
  /** ISO 8601 in UTC with milliseconds. */
  now: () => string;
}

/** The backend of this execution environment, by its settings and the content in its asset. */
export function openWriteBackend(): WriteBackend {
  const site = loadJson<Site>('site.json');
  const { authority, timeZone, datesWithoutZone, quotes, language } = site;
  return {
    store: connectStore(),
    authority,
    timeZone,
    dateZone: datesWithoutZone === 'site' ? timeZone : undefined,
    typography: quotes === 'straight' ? undefined : language,
    media: loadJson('media.json'),
    site,
    baseUrl: requireSetting(setting.baseUrl),
    now: () => new Date().toISOString(),
  };
}
