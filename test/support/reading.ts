import { join } from 'node:path';
import { vi } from 'vitest';
import { parseSite } from '../../functions/article/site.ts';
import type { FeedBackend } from '../../functions/feed/backend.ts';
import { readSite } from '../../functions/read-site.ts';
import { prepareContent } from '../../infra/prepared-content.ts';
import { contentFolder, siteYaml, temporaryFolder } from '../infra/content-folder.ts';
import type { TestBackend } from './backend.ts';

/** Asks the public site for a path, by the backend's tables and clock. */
export type Read = (path: string, headers?: Record<string, string>, method?: string) => Promise<Response>;

/** What the public site's answers are made from, over a backend's tables and by its clock. */
export function readBackend(
  { store, baseUrl, timeZone, now }: TestBackend,
  settings: string[] = [],
): FeedBackend {
  const context = {
    site: { ...parseSite([siteYaml, ...settings].join('\n')), timeZone },
    baseUrl,
    media: {},
  };
  return { store, context, rendering: `test ${baseUrl}`, now };
}

/** The whole public site with these more lines of site.yaml over a backend's tables, without a server between: its clock is the backend's. */
export async function openReading(backend: TestBackend, settings: string[] = []): Promise<Read> {
  const root = temporaryFolder();
  await prepareContent(contentFolder(), join(root, 'content'));
  vi.stubEnv('LAMBDA_TASK_ROOT', root);
  const app = readSite(readBackend(backend, settings));
  return async (path, headers = {}, method = 'GET') => app.request(path, { headers, method });
}
