import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireSetting, setting } from './environment.ts';

/** A file or folder of the prepared content in this Lambda's asset. */
export function contentPath(name: string): string {
  return join(requireSetting('LAMBDA_TASK_ROOT'), 'content', name);
}

export function loadJson<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(contentPath(name), 'utf8'));
}

/** The owner's own rules of the stylesheet. */
export function loadOwnCss(): string {
  return readFileSync(contentPath('style.css'), 'utf8');
}

/** What answers are rendered with: the settings of site.yaml, the base URL and the pictures of content/media. */
export function loadContext<Context>(): Context {
  const baseUrl = requireSetting(setting.baseUrl);
  return { site: loadJson('site.json'), baseUrl, media: loadJson('media.json') } as Context;
}
