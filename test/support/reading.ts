import { join } from 'node:path';
import { vi } from 'vitest';
import { parseSite } from '../../functions/article/site.ts';
import type { Desk } from '../../functions/feed/desk.ts';
import { readSite } from '../../functions/read-site.ts';
import { prepareContent } from '../../infra/prepared-content.ts';
import { contentFolder, siteYaml, temporaryFolder } from '../infra/content-folder.ts';
import type { TestDesk } from './desk.ts';

/** Asks the public site for a path, by the desk's tables and clock. */
export type Read = (path: string, headers?: Record<string, string>, method?: string) => Promise<Response>;

/** What the public site's answers are made from, over a desk's tables and by its clock. */
export function readingDesk({ store, baseUrl, timeZone, now }: TestDesk): Desk {
  const context = { site: { ...parseSite(siteYaml), timeZone }, baseUrl, media: {} };
  return { store, context, edition: `test ${baseUrl}`, now };
}

/** The whole public site over a desk's tables, without a server between: its clock is the desk's. */
export async function openReading(desk: TestDesk): Promise<Read> {
  const root = temporaryFolder();
  await prepareContent(contentFolder(), join(root, 'content'));
  vi.stubEnv('LAMBDA_TASK_ROOT', root);
  const app = readSite(readingDesk(desk));
  return async (path, headers = {}, method = 'GET') => app.request(path, { headers, method });
}
