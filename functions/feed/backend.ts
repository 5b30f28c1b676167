import type { SiteContext } from '../article/site-context.ts';
import type { Store } from '../store/connection.ts';

/** What every public answer is made from. */
export interface Backend {
  store: Store;
  context: SiteContext;
  /** Moves with every change of the renderer, the site's settings, media or base URL. */
  edition: string;
  /** ISO 8601 in UTC with milliseconds. */
  now: () => string;
}
