import { expect, test } from 'vitest';
import { pullAll, startDesk, startFront } from '../support/desk.ts';
import { signedFetch } from '../support/sign.ts';
import { expectSound } from '../support/site.ts';

const story = {
  title: '两市渔港试行夜间联合巡查',
  text: [
    '临江与望海两市的渔港自本月起试行夜间联合巡查，首晚共检查船只四十一艘。',
    '巡查由两市海事部门轮流带队，发现的问题当晚通报，次日复查。',
    '试行为期三个月，结束后公布结果。',
  ].join('\n\n'),
  publishedAt: '2026-05-02T10:36:55+08:00',
  language: 'zh-CN',
  source: { name: 'Harbour Daily', credit: '本文转载自《港口日报》' },
  original: 'https://harbour.example.com/2026/patrol',
  authors: ['林小舟'],
};

test('a story that one desk published with its credit is on the other with source, original and credit', async () => {
  const front = await startFront();
  const first = await startDesk('First', { front, follows: {} });
  const second = await startDesk('Second', {
    front: await startFront(),
    follows: { First: `${front.url}/atom.xml` },
  });
  const sent = await signedFetch(`${first.url}/articles/patrol`, { method: 'PUT', body: story });
  expect(sent.status).toBe(201);

  expect(await pullAll(second)).toEqual(['First']);

  const { items } = await second.json('/news');
  expect(items).toHaveLength(1);
  const [{ slug }] = items;
  const original = `${front.url}/news/patrol`;
  expect(await second.json(`/news/${slug}`)).toMatchObject({
    title: story.title,
    publishedAt: story.publishedAt,
    language: 'zh-CN',
    source: { name: 'First', credit: story.source.credit },
    original,
    authors: story.authors,
  });
  const page = await (await second.fetch(`/news/${slug}`, { headers: { accept: 'text/html' } })).text();
  for (const text of [story.title, '首晚共检查船只四十一艘', 'First', original, story.source.credit])
    expect(page).toContain(text);
  for (const path of ['/rss.xml', '/atom.xml', '/feed.json']) {
    const feed = await (await second.fetch(path)).text();
    for (const text of [story.title, '首晚共检查船只四十一艘', 'First', original, story.source.credit])
      expect([path, feed.includes(text) || text]).toEqual([path, true]);
  }
  await expectSound(second);
});
