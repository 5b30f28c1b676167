import { beforeAll, expect, test } from 'vitest';
import { lintFeed } from '../../functions/lint/lint-feed.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

const credit = 'First told by the Quay Desk of Tidemouth, whose words these are.';
const original = 'https://www.quay-desk.example/2015/12/harbour-talks.html';
const formats = ['rss.xml', 'atom.xml', 'feed.json'] as const;

const siteYaml = `
title: Sample News
description: What a sample has to say
authority: news.example.com
language: en
timeZone: Asia/Shanghai
sources:
  - { name: Quay Desk, url: https://www.quay-desk.example/, credit: "${credit}" }
  - { name: Mirror, url: https://mirror.example/, canonical: original }
`;

/** As the site's first article came: a date without seconds in doubt, a source, a count. */
const talks = articleFile('Harbour masters meet', '2015-12-02T10:36:55+08:00', [
  'source: { name: Quay Desk }',
  `original: ${original}`,
  'views: 930',
]);
const stored = articleFile('Stored before there was a field', '2015-12-03T10:00:00+08:00', [
  'source: { name: Quay Desk, url: https://www.quay-desk.example/2014/old.html }',
]);
const signed = articleFile('By somebody', '2015-12-04T10:00:00+08:00', [
  'source: { name: Nameless Sheet }',
  'authors: [Li Wei]',
]);
const corrected = articleFile(
  'Ferries counted',
  '2015-12-05T10:00:00+08:00',
  [
    'corrections:',
    '  - { at: 2016-01-01T09:00:00+08:00, text: "Nine ferries, not <eight>." }',
    '  - { at: 2016-01-05T09:00:00+08:00, text: The pier is the old one. }',
  ],
  'Nine ferries left.',
);
const mirrored = articleFile('Mirrored', '2015-12-06T10:00:00+08:00', [
  'source: { name: Mirror }',
  'original: https://mirror.example/mirrored',
]);
const own = articleFile('By the mirror, nowhere else', '2015-12-07T10:00:00+08:00', [
  'source: { name: Mirror }',
]);

beforeAll(async () => {
  site = await startSite({
    files: {
      'site.yaml': siteYaml,
      'articles/talks.md': talks,
      'articles/stored.md': stored,
      'articles/signed.md': signed,
      'articles/corrected.md': corrected,
      'articles/mirrored.md': mirrored,
      'articles/own.md': own,
      'articles/doomed.md': articleFile('Doomed', '2015-12-01T10:00:00+08:00'),
    },
  });
  expect(site.imported.broken).toEqual([]);
  return () => closeSound(site);
});

async function read(path: string, accept = '*/*'): Promise<string> {
  return (await site.fetch(path, { headers: { Accept: accept } })).text();
}

/** The entry of an article in a feed, as text: references are read once, as a feed reader does. */
async function entry(format: (typeof formats)[number], slug: string, stream = ''): Promise<string> {
  const text = await read(`${stream}/${format}`);
  const entries = format === 'feed.json' ? text.split(/^ {4}\{/m) : text.split(/<(?:item|entry)[ >]/);
  const found = entries.find((one) => one.includes(`/news/${slug}<`) || one.includes(`/news/${slug}"`));
  return (found ?? '')
    .replaceAll('\\"', '"')
    .replaceAll('&#x3C;', '<')
    .replaceAll('&#x3E;', '>')
    .replaceAll('&#x22;', '"');
}

test('shows the credit on the page and in the JSON', async () => {
  const page = await read('/news/talks', 'text/html');
  const json = await site.json('/news/talks');

  expect(page).toContain(credit);
  expect(page).toMatch(
    /First published: <a href="https:\/\/www\.quay-desk\.example\/2015\/12\/harbour-talks\.html"/,
  );
  expect(json).toMatchObject({
    source: { name: 'Quay Desk', url: 'https://www.quay-desk.example/', credit },
    original,
    corrections: [],
  });
});

test.each(formats)('ends the text in %s with the credit, and names source and original', async (format) => {
  const text = await entry(format, 'talks');

  expect(text).toMatch(new RegExp(`<p class="credit">${credit}</p>("|<)`));
  expect(text).toContain(original);
  expect(text).toMatch(
    { 'rss.xml': /<dc:rights>First told/, 'atom.xml': /<rights>First told/, 'feed.json': /"external_url"/ }[
      format
    ],
  );
  expect(text).toMatch(
    {
      'rss.xml': /<dc:creator>Quay Desk</,
      'atom.xml': /<author>\s*<name>Quay Desk<\/name>\s*<uri>https:\/\/www\.quay-desk\.example\//,
      'feed.json': /"authors": \[\s*\{\s*"name": "Quay Desk"/,
    }[format],
  );
});

test.each(formats)('names a source without an address in %s beside the authors', async (format) => {
  const text = await entry(format, 'signed');

  expect(text).toContain('<p class="credit">Source: Nameless Sheet</p>');
  expect(text).toContain('Li Wei');
});

test('takes the address of a source for the original where it is not its home', async () => {
  const json = await site.json('/news/stored');

  expect(json.original).toBe('https://www.quay-desk.example/2014/old.html');
  expect(json.source.url).toBe('https://www.quay-desk.example/');
  expect(await read('/news/stored', 'text/html')).toContain(
    '"isBasedOn":"https://www.quay-desk.example/2014/old.html"',
  );
});

test('leaves the canonical address to the original where the settings say so', async () => {
  const canonical = async (slug: string) =>
    /<link rel="canonical" href="([^"]*)"/.exec(await read(`/news/${slug}`, 'text/html'))?.[1];
  const sitemap = await read('/sitemap.xml');

  expect([await canonical('mirrored'), await canonical('own')]).toEqual([
    'https://mirror.example/mirrored',
    `${site.url}/news/own`,
  ]);
  expect(['mirrored', 'own', 'talks'].map((slug) => sitemap.includes(`/news/${slug}<`))).toEqual([
    false,
    true,
    true,
  ]);
});

test('shows corrections above the text, in the JSON and to search engines', async () => {
  const page = await read('/news/corrected', 'text/html');
  const { corrections } = await site.json('/news/corrected');

  const places = ['The pier is the old one.', 'Nine ferries, not &lt;eight&gt;.', 'Nine ferries left.'].map(
    (text) => page.lastIndexOf(text),
  );
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(page).toContain('"correction":[{"@type":"CorrectionComment","text":"The pier is the old one."');
  expect(corrections).toEqual([
    { at: '2016-01-05T09:00:00+08:00', text: 'The pier is the old one.' },
    { at: '2016-01-01T09:00:00+08:00', text: 'Nine ferries, not <eight>.' },
  ]);
});

test.each(formats)(
  'shows corrections before the text in %s, and lists them in the feed of their own',
  async (format) => {
    for (const stream of ['', '/corrections']) {
      const text = await entry(format, 'corrected', stream);

      expect(text).toContain(
        '<p class="correction"><strong>Correction (2016-01-05):</strong> The pier is the old one.</p>',
      );
      expect(text.indexOf('The pier is the old one.')).toBeLessThan(text.lastIndexOf('Nine ferries left.'));
    }
    expect(await entry(format, 'talks', '/corrections')).toBe('');
  },
);

test('lists corrections by their time, with their texts', async () => {
  const page = await site.json('/corrections');

  expect(page).toMatchObject({
    stream: 'corrections',
    title: 'Corrections',
    items: [
      { slug: 'corrected', summary: 'The pier is the old one.', publishedAt: '2015-12-05T10:00:00+08:00' },
    ],
  });
  expect(await read('/corrections', 'text/html')).toContain('The pier is the old one.');
  expect(await read('/corrections/archive/2016-01', 'text/html')).toContain('Ferries counted');
});

test('moves the update date with a correction', async () => {
  const { updatedAt } = await site.json('/news/own');
  await site.save({
    'articles/own.md': own.replace(
      'source:',
      'corrections: [{ at: 2020-01-01T00:00:00Z, text: Sorry. }]\nsource:',
    ),
  });

  const { updatedAt: later } = await site.json('/news/own');

  expect(Date.parse(later)).toBeGreaterThan(Date.parse(updatedAt));
  expect((await site.json('/corrections')).items.map(({ slug }: { slug: string }) => slug)).toEqual([
    'own',
    'corrected',
  ]);
});

test('refuses a correction of the future', async () => {
  const body = { title: 'T', text: 'a', corrections: [{ at: '2999-01-01T00:00:00Z', text: 'Not yet' }] };

  const answer = await signedFetch(`${site.url}/articles/early`, { method: 'PUT', body });

  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/corrections/0/at' }] });
});

test('has feeds without a fault', async () => {
  for (const stream of ['', '/corrections'])
    for (const format of formats) expect(lintFeed(await read(`${stream}/${format}`), {})).toEqual([]);
});

test('says why an article was removed, by a content file or by DELETE', async () => {
  const report = await site.save({ 'articles/doomed.md': '---\nremoved: Its <source> took it back.\n---\n' });
  await signedFetch(`${site.url}/articles/retracted`, { method: 'PUT', body: { title: 'T', text: 'a' } });
  const removal = { method: 'DELETE', body: { reason: 'It was not true.' } };
  const answers = [
    await signedFetch(`${site.url}/articles/retracted`, removal),
    await signedFetch(`${site.url}/articles/retracted`, removal),
    await signedFetch(`${site.url}/articles/retracted`, { method: 'DELETE', body: { why: 1 } }),
  ];

  expect(report.removed).toEqual(['doomed']);
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 422]);
  const pages = await Promise.all(
    ['doomed', 'retracted'].map((slug) => site.fetch(`/news/${slug}`, { headers: { Accept: 'text/html' } })),
  );
  expect(pages.map(({ status }) => status)).toEqual([410, 410]);
  expect(await pages[0]?.text()).toContain('Its &lt;source&gt; took it back.');
  expect(await pages[1]?.text()).toContain('It was not true.');
  expect(await site.json('/news/retracted')).toMatchObject({
    detail: expect.stringContaining('It was not true.'),
  });
  const again = await site.save({ 'articles/doomed.md': articleFile('Doomed', '2015-12-01T10:00:00+08:00') });
  expect([...again.created, ...again.changed]).toEqual(['doomed']);
});
