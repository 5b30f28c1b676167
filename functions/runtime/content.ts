import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireSetting, setting } from './environment.ts';

/** A file or folder of the prepared content in this Lambda's asset. */
export function contentPath(name: string): string {
  return join(requireSetting('LAMBDA_TASK_ROOT'), 'content', name);
}

export function loadJson<Shape>(name: string): Shape {
  return JSON.parse(readContent(name));
}

/** What answers are rendered with. `edition` changes with the renderer, the site's settings, its media and its base URL. */
export function loadRendering<Context>(): { context: Context; edition: string } {
  const baseUrl = requireSetting(setting.baseUrl);
  const edition = createHash('sha256')
    .update([requireSetting(setting.rendererBuild), siteHash(), baseUrl].join('\n'))
    .digest('hex');
  const context = { site: loadJson('site.json'), baseUrl, media: loadJson('media.json') };
  return { context: context as Context, edition };
}

function siteHash(): string {
  return createHash('sha256')
    .update(readContent('site.json'))
    .update(readContent('media.json'))
    .digest('hex');
}

function readContent(name: string): string {
  return readFileSync(contentPath(name), 'utf8');
}
