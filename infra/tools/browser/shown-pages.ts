import type { Stage } from '../../local/stage.ts';

/** The kinds of pages that a site shows people, by a path of each, once its content is there and some of it has been read. */
export async function showPages(stage: Stage): Promise<Map<string, string>> {
  await stage.runTriggers();
  const answer = await fetch(`${stage.url}/news`, { headers: { accept: 'application/json' } });
  const { items } = (await answer.json()) as { items: { slug: string; publishedAt: string }[] };
  const [newest] = items;
  for (const [index, { slug }] of items.entries())
    for (let view = index; view < 6; view += 1) await fetch(`${stage.url}/news/${slug}`);
  await stage.fire('Sweep');
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
