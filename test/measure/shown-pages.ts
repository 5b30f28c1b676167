import type { Stage } from '../../infra/local/stage.ts';

/** The kinds of pages that a site shows people, by a path of each, once its content is there and some of it has been read. */
export async function showPages(stage: Stage): Promise<Map<string, string>> {
  await stage.runTriggers();
  const answer = await fetch(`${stage.url}/news`, { headers: { accept: 'application/json' } });
  const { items } = (await answer.json()) as { items: { slug: string; publishedAt: string }[] };
  for (const [index, { slug }] of items.entries())
    for (let view = index; view < 6; view += 1) await fetch(`${stage.url}/news/${slug}`);
  await stage.fire('Sweep');
  const [newest] = items;
  const pictured = await findPictured(stage, items);
  return new Map([
    ['front', '/'],
    ['stream', '/news'],
    ...(newest ? [['article', `/news/${newest.slug}`] as const] : []),
    ...(pictured ? [['picture', `/news/${pictured.slug}`] as const] : []),
    ...(newest ? [['month', `/archive/${newest.publishedAt.slice(0, 7)}`] as const] : []),
    ['archive', '/archive'],
    ['most-read', '/most-read'],
    ['feeds', '/feeds'],
    ['about', '/about'],
    ['missing', '/news/nothing-of-this-name'],
  ]);
}

async function findPictured<Item extends { slug: string }>(
  stage: Stage,
  items: Item[],
): Promise<Item | undefined> {
  for (const item of items) {
    const answer = await fetch(`${stage.url}/news/${item.slug}.json`);
    if (((await answer.json()) as { image: unknown }).image !== null) return item;
  }
  return undefined;
}
