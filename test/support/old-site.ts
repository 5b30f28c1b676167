import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArticleInput } from '../../functions/article/article-input.ts';
import { renderBody } from '../../functions/article/render-body.ts';
import type { OldArticle, OldEntry, OldSite } from '../../infra/tools/import/old-site.ts';
import { temporaryFolder } from '../infra/content-folder.ts';

/** A file of the test run. */
export function writeExport(content: string | Uint8Array, name = 'export'): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}

/** All entries, asked for twice, which has to give the same; each article is one that the site takes. */
export async function entriesOf(site: OldSite): Promise<OldEntry[]> {
  const entries = await all(site);
  const again = await all(site);
  if (JSON.stringify(again) !== JSON.stringify(entries))
    throw new Error('The second time the entries are others');
  for (const entry of entries) if (entry.kind === 'article') stored(entry);
  return entries;
}

export function articlesIn(entries: OldEntry[]): OldArticle[] {
  return entries.filter((entry) => entry.kind === 'article');
}

/** As the site would store it. Throws what the site would refuse it with. */
export function stored({ fields }: OldArticle) {
  // Pictures of this machine are named as the site will.
  const sent = JSON.stringify(fields).replace(/file:[^\s"'\\<>)]+/g, '/media/picture.png');
  const input = parseArticleInput('slug', JSON.parse(sent));
  return { ...input, html: renderBody(input, { baseUrl: 'https://news.example.com', slug: 'slug' }).html };
}

async function all(site: OldSite): Promise<OldEntry[]> {
  const entries: OldEntry[] = [];
  for await (const entry of site.entries()) entries.push(entry);
  return entries;
}
