import type { Stage } from '../../local/stage.ts';

/** The kinds of pages that a site shows people, by a path of each. */
export async function shownPages(stage: Stage): Promise<Map<string, string>> {
  const answer = await fetch(`${stage.url}/news`, { headers: { accept: 'application/json' } });
  const { items } = (await answer.json()) as { items: { slug: string; publishedAt: string }[] };
  const [newest] = items;
  return new Map([
    ['front', '/'],
    ['stream', '/news'],
    ['article', `/news/${newest?.slug}`],
    ['month', `/archive/${newest?.publishedAt.slice(0, 7)}`],
    ['archive', '/archive'],
    ['most-read', '/most-read'],
    ['feeds', '/feeds'],
    ['about', '/about'],
    ['missing', '/news/nothing-of-this-name'],
  ]);
}
