import { beforeAll, expect, test } from 'vitest';
import { scriptSamples } from '../fixtures/script-samples.ts';
import { siteYaml } from '../infra/content-folder.ts';
import { noise } from '../support/noise.ts';
import { repeat } from '../support/repeat.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';
import { findUnsafe, readDocuments, readStream, type StrictStream } from '../support/strict-documents.ts';
import { attributesOf, findOne, textOf } from '../unit/html-tree.ts';
import { childrenOf, textsOf, textOf as xmlText } from '../unit/xml-tree.ts';

let site: Site;
/** The articles of all scripts. */
let stream: StrictStream;

beforeAll(async () => {
  site = await startSite({
    files: {
      'site.yaml': `${siteYaml}\ndatesWithoutZone: site`,
      'articles/filed.md': articleFile('Filed', '2015-12-02 10:36:55'),
      'articles/dated.md': articleFile('Dated', '2015-12-02'),
    },
  });
  for (const { name, dir: _, label, text, ...rest } of scripts) {
    const labels = { tags: [label], authors: [label], category: 'Scripts' };
    const answer = await put(name, { ...rest, ...labels, title: text, summary: text, text });
    expect([name, answer.status]).toEqual([name, 201]);
  }
  stream = await readStream(site, '/category/scripts');
  return () => closeSound(site);
});

const put = (slug: string, body: object) =>
  signedFetch(`${site.url}/articles/${slug}`, { method: 'PUT', body });

const scripts = scriptSamples.map((script, index) => ({
  ...script,
  publishedAt: `2026-01-02T03:04:${10 + index}+05:45`,
}));

test.each(scripts)(
  'shows $name text unharmed in every document',
  async ({ name, language, dir, label, text }) => {
    const [shown, tag] = [text.normalize('NFC'), label.normalize('NFC')];

    const documents = await readDocuments(site, name, stream);

    const { page, card, json, rss, atom, item, contents } = documents;
    expect(findUnsafe(documents)).toEqual([]);
    const article = findOne(page, 'article');
    expect(attributesOf(article)).toMatchObject({ lang: language, dir });
    expect(
      [findOne(article, 'h1'), findOne(article, 'div', 'body'), findOne(card, 'h2')].map(textOf),
    ).toEqual([...[shown, shown, shown]]);
    expect(Object.values(contents).map(textOf)).toEqual([shown, shown, shown, shown, shown]);
    expect(json).toMatchObject({ title: shown, summary: shown, tags: [tag], authors: [tag], language });
    expect(item).toMatchObject({
      title: shown,
      summary: shown,
      tags: ['Scripts', tag],
      authors: [{ name: tag }],
    });
    expect([xmlText(rss, 'title'), xmlText(atom, 'title'), xmlText(atom, 'summary')]).toEqual([
      shown,
      shown,
      shown,
    ]);
    expect([textsOf(rss, 'category'), textsOf(rss, 'dc:creator')]).toEqual([['Scripts', tag], [tag]]);
    const [address] = childrenOf(atom, 'category')
      .map(({ attributes }) => attributes.term)
      .slice(1);
    expect(address).toBe(tag);
    const link = attributesOf(findOne(findOne(article, 'ul', 'tags'), 'a')).href ?? '';
    expect((await site.json(link)).items).toMatchObject([{ slug: name }]);
  },
);

test.each([
  ['an empty body', ''],
  ['one character', 'a'],
  ['one chunk', noise(349_000)],
  ['three chunks that do not compress', noise(999_990)],
  ['a million bytes of three-byte characters', '港'.repeat(333_330)],
])('keeps %s to its last byte', async (what, text) => {
  const slug = `of-${text.length}`;

  const answer = await put(slug, { title: what, text, publishedAt: '2026-01-01T00:00:00Z', tags: [slug] });

  expect(answer.status).toBe(201);
  const documents = await readDocuments(site, slug, await readStream(site, `/tag/${slug}`));
  expect(textOf(findOne(documents.page, 'div', 'body'))).toBe(text);
  const { json, rss, atom, feed } = documents.contents;
  expect([json, rss, atom, feed].filter((content) => textOf(content) !== text)).toEqual([]);
});

const offsets = [
  'Z',
  '+08:00',
  '-03:30',
  '+05:45',
  '+14:00',
  '-12:00',
  '+00:00',
  '-09:30',
  '+12:45',
  '+09:00',
];
const dates = Array.from({ length: 26 }, (_, index) => {
  const [month, day] = [1 + ((index * 7) % 12), 1 + ((index * 11) % 28)].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${1990 + 2 * index}-${month}-${day}T${String((index * 5) % 24).padStart(2, '0')}:59:59${offsets[index % 10]}`;
});

test('keeps the moment of dates from 1990 to 2040, in whatever zone they are written', async () => {
  const kept: { publishedAt: string }[] = [];
  await repeat(dates.length, 4, async (index) => {
    const publishedAt = dates[index] ?? '';
    const body = { title: 'T', text: 'a', publishedAt, tags: ['dates'] };
    kept[index] = (await (await put(slugOf(publishedAt), body)).json()) as { publishedAt: string };
  });

  expect(kept.map(({ publishedAt }) => Date.parse(publishedAt))).toEqual(
    dates.map((date) => Date.parse(date)),
  );
  const past = dates.filter((date) => date < '2009');
  const shown = await Promise.all(past.map((date) => site.json(`/news/${slugOf(date)}.json`)));
  expect(shown.map(({ publishedAt }) => Date.parse(publishedAt))).toEqual(
    past.map((date) => Date.parse(date)),
  );
  expect(shown.every(({ publishedAt }) => /T\d\d:\d\d:59\+0[89]:00$/.test(publishedAt))).toBe(true);
  const stream = await readStream(site, '/tag/dates');
  const moments = stream.items.map(({ date_published }) => Date.parse(date_published));
  expect(stream.rss.map((item) => Date.parse(xmlText(item, 'pubDate')))).toEqual(moments);
  expect(stream.atom.map((entry) => Date.parse(xmlText(entry, 'published')))).toEqual(moments);
  expect([...moments].sort((one, other) => other - one)).toEqual(moments);
});

function slugOf(date: string): string {
  return `in-${date.slice(0, 4)}`;
}

test('reads dates without a zone in the site’s, where site.yaml asks for it', async () => {
  const body = { title: 'T', text: 'a', publishedAt: '1991-07-01 08:00:00' };

  const sent = await put('sent', body);
  const repeated = await put('repeated', { ...body, publishedAt: '1991-09-15 01:30:00' });

  expect(sent.status).toBe(201);
  expect(await site.json('/news/sent.json')).toMatchObject({ publishedAt: '1991-07-01T08:00:00+09:00' });
  expect(await site.json('/news/filed.json')).toMatchObject({ publishedAt: '2015-12-02T10:36:55+08:00' });
  expect(await site.json('/news/dated.json')).toMatchObject({ publishedAt: '2015-12-02T00:00:00+08:00' });
  expect(await repeated.json()).toMatchObject({
    errors: [{ pointer: '/publishedAt', message: expect.stringContaining('Asia/Shanghai show twice') }],
  });
});
