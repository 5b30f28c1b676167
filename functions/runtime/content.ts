import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '../article/site.ts';
import { requireSetting } from './environment.ts';

/** The file or folder of the prepared content that travels in this Lambda's asset. */
export function contentPath(name: string): string {
  return join(requireSetting('LAMBDA_TASK_ROOT'), 'content', name);
}

export function loadSite(): Site {
  return JSON.parse(readContent('site.json'));
}

/** Whatever else was prepared as JSON; its shape is its maker's. */
export function loadJson<Shape>(name: string): Shape {
  return JSON.parse(readContent(name));
}

/** Hexadecimal; moves with every change of the site's settings or media. */
export function siteHash(): string {
  return createHash('sha256')
    .update(readContent('site.json'))
    .update(readContent('media.json'))
    .digest('hex');
}

function readContent(name: string): string {
  return readFileSync(contentPath(name), 'utf8');
}
