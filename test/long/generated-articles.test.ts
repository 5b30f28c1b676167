import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { siteYaml } from '../infra/content-folder.ts';
import { repeat } from '../support/repeat.ts';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';
import { findUnsafe, readDocuments, readStream, type StrictStream } from '../support/strict-documents.ts';
import { accepted, anyInput, publish } from '../unit/arbitraries.ts';
import { attributesOf, findAll, findOne, readFragment, textOf } from '../unit/html-tree.ts';
import { childrenOf, textsOf, textOf as xmlText } from '../unit/xml-tree.ts';

const count = Number(process.env.COUNT ?? 120);
const seed = Number(process.env.SEED ?? 20261124);
const batchSize = 20;

test(`publishes ${count} articles of any content, and every document of each is sound`, async () => {
  console.log(`Seed ${seed}`);
  const generated = generate();
  const site = await startSite({ files: { 'site.yaml': `${siteYaml}\nquotes: straight\n` } });

  for (let start = 0; start < count; start += batchSize) {
    const batch = generated.slice(start, start + batchSize);
    await repeat(batch.length, 4, (index) => send(site, batch[index] as Generated));
    const stream = await readStream(site, `/tag/batch-${start / batchSize}`);
    expect(stream.items).toHaveLength(batch.length);
    for (const one of batch) await expectUnharmed(site, one, stream);
  }

  await closeSound(site);
});

type Generated = ReturnType<typeof generate>[number];

/** Inputs that the backend takes, made different where two articles must be. */
function generate() {
  const inputs: { slug: string; input: Record<string, unknown>; published: ReturnType<typeof publish> }[] =
    [];
  for (let round = 0; inputs.length < count; round += 1)
    for (const sample of fc.sample(anyInput, { numRuns: count, seed: seed + round })) {
      const index = inputs.length;
      const { id, guid, tags = [], ...rest } = sample;
      const input = {
        ...rest,
        ...(id !== undefined && { id: `${id}/${index}` }),
        ...(guid !== undefined && { guid: `${guid} ${index}` }),
        tags: [`batch ${Math.floor(index / batchSize)}`, ...tags],
        publishedAt: new Date(Date.UTC(1990, 0, 1) + index * 5e8).toISOString(),
      };
      // The API takes it for a sign of damage on the way.
      if (JSON.stringify(input).includes('\uFFFD')) continue;
      const published = accepted(() => publish(input));
      if (published && index < count) inputs.push({ slug: `generated-${index}`, input, published });
    }
  return inputs;
}

async function send(site: Site, { slug, input }: Generated): Promise<void> {
  const answer = await signedFetch(`${site.url}/articles/${slug}`, { method: 'PUT', body: input });
  expect([slug, answer.status, answer.status === 201 ? '' : await answer.text()]).toEqual([slug, 201, '']);
}

async function expectUnharmed(
  site: Site,
  { slug, published }: Generated,
  stream: StrictStream,
): Promise<void> {
  const documents = await readDocuments(site, slug, stream);
  const { article, html } = published;
  const { page, json, rss, atom, item, contents } = documents;
  const body = textOf(readFragment(html));
  const { title, summary, authors, tags } = article;

  expect([slug, findUnsafe(documents)]).toEqual([slug, []]);
  expect(textOf(findOne(findOne(page, 'article'), 'h1'))).toBe(title);
  expect(textOf(findOne(page, 'div', 'body'))).toBe(body);
  expect(findAll(findOne(page, 'ul', 'tags'), 'a').map(textOf)).toEqual(tags);
  expect(
    findAll(page, 'meta')
      .map(attributesOf)
      .find(({ name }) => name === 'description')?.content ?? '',
  ).toBe(summary);
  const { json: jsonContent, rss: rssContent, atom: atomContent, feed } = contents;
  expect(textOf(jsonContent)).toBe(body);
  const { source } = article;
  for (const content of [rssContent, atomContent, feed].map(textOf)) {
    expect(content.slice(0, body.length)).toBe(body);
    expect(content.slice(body.length)).toContain(source?.credit ?? source?.name ?? '');
  }
  expect(textOf(contents.summary)).toBe(summary);
  expect(json).toMatchObject({ title, summary, authors, tags });
  expect(item).toMatchObject({ title, summary });
  expect([xmlText(rss, 'title'), xmlText(atom, 'title'), textsOf(atom, 'summary')[0] ?? '']).toEqual([
    ...[title, title, summary],
  ]);
  const named = authors.length > 0 || !source ? authors : [source.name];
  expect(textsOf(rss, 'dc:creator')).toEqual(named);
  expect(childrenOf(atom, 'author').map((author) => xmlText(author, 'name'))).toEqual(named);
}
