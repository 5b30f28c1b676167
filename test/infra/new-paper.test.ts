import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { parseSite } from '../../functions/article/site.ts';
import { lockFolder } from '../../infra/local/lock.ts';
import { inspectContent } from '../../infra/tools/inspect-content.ts';
import { newswire, newswireTyping } from '../support/newswire.ts';
import { contentFolder, png, siteYaml, temporaryFolder } from './content-folder.ts';

const article = '---\ntitle: T\npublishedAt: 2026-01-31T08:00:00+08:00\n---\nText\n';
const answers = [
  ...['--title', 'The "Quay"', '--description', 'All: of it', '--domain', 'news.quay.example'],
  ...['--language', 'de', '--time-zone', 'Europe/Berlin', '--address', 'The Quay; 1 Rope Street'],
];
let content: string;
let data: string;

beforeEach(() => {
  content = contentFolder({
    'articles/demo.md': article,
    'media/pixel.png': png,
    'README.md': 'A guide',
  });
  data = join(temporaryFolder(), 'data');
  vi.stubEnv('CONTENT_DIR', content);
  vi.stubEnv('DATA_DIR', data);
  return () => vi.unstubAllEnvs();
});

test('turns the demo into an empty paper that check finds no fault with', async () => {
  const release = await lockFolder(data);
  release();

  const { code, out } = await newswire('init', ...answers);

  expect([code, out[0]]).toEqual([0, `${content} is an empty paper now, The "Quay". Next:`]);
  expect(parseSite(readFileSync(join(content, 'site.yaml'), 'utf8'))).toMatchObject({
    title: 'The "Quay"',
    description: 'All: of it',
    authority: 'news.quay.example',
    language: 'de',
    timeZone: 'Europe/Berlin',
    address: ['The Quay', '1 Rope Street'],
  });
  expect([...readdirSync(join(content, 'articles')), ...readdirSync(join(content, 'media'))]).toEqual([]);
  expect(existsSync(join(content, 'README.md'))).toBe(true);
  expect(existsSync(data)).toBe(false);
  expect((await inspectContent(content)).faults).toEqual([]);
});

test('asks for what no option says, and proposes what it can', async () => {
  const typed = await newswireTyping('', 'init', ...answers.slice(0, 6));

  expect(typed.code).toBe(0);
  expect(typed.err.map((question) => question.replace(/ \[[^\]]*\] $/, ' […]').trim())).toEqual([
    'Its language, as a tag such as en or zh-CN? […]',
    'Its time zone, such as Europe/Berlin? […]',
    'Who publishes it, and where (lines with ; between them)?',
  ]);
});

test.each([
  [
    'an answer that is none',
    [...answers, '--time-zone', 'Berlin'],
    /^--time-zone must be a time zone such as/,
  ],
  ['the name of the demo', [...answers, '--domain', 'news.example.com'], /^--domain is the demo's/],
  [
    'no answer at all',
    answers.slice(2),
    /^--title is missing, and nobody answered: What is your paper called/,
  ],
])('changes nothing at %s', async (_what, args, fault) => {
  const { code, err } = await newswire('init', ...args);

  expect(code).toBe(2);
  expect(err.at(-1) ?? '').toMatch(fault);
  expect(readFileSync(join(content, 'site.yaml'), 'utf8')).toBe(siteYaml);
  expect(readdirSync(join(content, 'articles'))).toEqual(['demo.md']);
});

test('leaves a paper that is not the demo as it is, and a stage that runs', async () => {
  const release = await lockFolder(data);
  expect((await newswire('init', ...answers)).err[0]).toContain('Another local stage runs on');
  expect(readdirSync(join(content, 'articles'))).toEqual(['demo.md']);
  release();

  await newswire('init', ...answers);
  const again = await newswire('init', ...answers);
  expect([again.code, again.err[0]]).toEqual([
    1,
    `${content}/site.yaml is that of The "Quay", not of the demo: nothing was changed`,
  ]);
});

test('writes a draft with the time of now in the zone of the site, and never over another', async () => {
  const first = await newswire('new', 'Fog: a “horn” & more');
  const second = await newswire('new', 'Fog: a “horn” & more');

  expect(first.out).toEqual([expect.stringContaining(`${content}/articles/fog-a-horn-more.md is a draft`)]);
  expect(second.out[0]).toContain('/fog-a-horn-more-2.md is a draft');
  const { articles, faults } = await inspectContent(content);
  expect(faults).toEqual([]);
  expect(articles.get(join(content, 'articles/fog-a-horn-more.md'))).toMatchObject({
    title: 'Fog: a “horn” & more',
    draft: true,
    publishedAt: expect.stringMatching(/:00\.000Z$/),
  });
  const text = readFileSync(join(content, 'articles/fog-a-horn-more.md'), 'utf8');
  expect(text).toMatch(/^publishedAt: \d{4}-\d\d-\d\dT\d\d:\d\d:00\+08:00$/m);
});

test('says what is wrong with a title, and how one is given', async () => {
  expect((await newswire('new', 'x'.repeat(301))).err[0]).toMatch(/^The title has 301 characters/);
  expect((await newswire('new', 'Two', 'words')).err[0]).toMatch(/^Name one title, in quotes/);
  expect(readdirSync(join(content, 'articles'))).toEqual(['demo.md']);
});
