import { setting } from '../functions/runtime/environment.ts';
import { partitionOf } from '../functions/store/rows.ts';
import { grantKeys } from './grant-keys.ts';
import { grantRendering } from './grant-rendering.ts';
import type { FunctionSetup, NewsFunction } from './news-function.ts';

/** What functions that tell of changes know beside all others. */
export function announcing({ rendererBuild, oldFeedSeconds }: FunctionSetup): Record<string, string> {
  return { [setting.rendererBuild]: rendererBuild, [setting.oldFeedSeconds]: String(oldFeedSeconds) };
}

/** What telling of changes takes: rendering feeds, and a list of what is still to be done. */
export function grantAnnouncing({ tables: { content } }: FunctionSetup, announcer: NewsFunction): void {
  grantRendering(content, announcer);
  grantKeys(content, announcer, partitionOf('pings', {}), 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');
}
