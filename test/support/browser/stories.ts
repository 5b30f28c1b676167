import { readFileSync } from 'node:fs';
import { articleFile } from '../site.ts';

const picture = readFileSync('content/media/harbour-at-dusk.webp');

const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const longAddress = `https://example.org/${'never/'.repeat(30)}ends`;

const everything = `A paragraph with \`code\`, ${longWord}, ${longAddress} and a note.[^1]

## A heading

| ${'Name of a column | '.repeat(12)}
| ${'---: | '.repeat(12)}
| ${'1,234,567 | '.repeat(12)}

\`\`\`js
${'const a = "a line of code that does not end"; '.repeat(6)}
\`\`\`

> A quotation.

- One
  1. Two

![A harbour](../media/harbour.webp)

Term with <abbr title="Hypertext">HTML</abbr>, H<sub>2</sub>O, <kbd>Ctrl</kbd>, <mark>marked</mark> and <ruby>字<rt>zì</rt></ruby>.

<details><summary>More</summary>Hidden at first.</details>

[^1]: A note with a [link](https://example.org/).
`;

/** Stories with what breaks pages: long words, wide tables, other scripts and directions, markup in titles. */
export const stories: Record<string, string | Buffer> = {
  'media/harbour.webp': picture,
  'articles/everything.md': articleFile(
    `${longWord} & <b>"bold"</b> </script><script>alert(1)</script> titles`,
    '2026-03-09T09:00:00+08:00',
    [
      'updatedAt: 2026-03-10T09:00:00+08:00',
      'image: { url: /media/harbour.webp, alt: Cranes at dusk }',
      'source: { name: Quay Desk, url: https://example.org/story, credit: First told by Quay Desk }',
      'category: Trade',
      `tags: [Port, 港口, "${longWord.slice(0, 60)}"]`,
      'authors: [Li Wei, "Ann \\"O\\" <b>"]',
    ],
    everything,
  ),
  'articles/picture.md': articleFile('A story with a picture', '2026-03-12T09:00:00+08:00', [
    'image: { url: /media/harbour.webp, alt: Cranes at dusk }',
    'category: City',
    'translations: [arabic]',
  ]),
  'articles/arabic.md': articleFile(
    'الميناء القديم يفتح أبوابه للزوار من جديد',
    '2026-03-11T09:00:00+08:00',
    ['language: ar', 'category: City', 'tags: [ميناء]', 'translations: [picture]'],
    'عادت القوارب إلى Lantern Quay صباح اليوم.\n\n> كنا ننتظر.\n\n| أ | ب |\n| --- | ---: |\n| 1 | 2 |',
  ),
  'articles/chinese.md': articleFile(
    '城市图书馆延长开放时间，𠮷野家旁的分馆也参加',
    '2026-03-10T12:00:00+08:00',
    ['language: zh-CN', 'category: City', 'summary: “夜读”从周五开始。'],
    '读者*终于*等到了这一天。\n\n'.repeat(3),
  ),
  'articles/gone.md': articleFile('Soon gone', '2026-03-01T09:00:00+08:00'),
  ...Object.fromEntries(
    Array.from({ length: 42 }, (_, index) => [
      `articles/note-${index}.md`,
      articleFile(
        `Note ${index}`,
        `2026-01-${String(1 + (index % 28)).padStart(2, '0')}T1${index % 10}:00:00+08:00`,
        ['category: Notes'],
      ),
    ]),
  ),
};

/** A page of each kind, by its path; the last two are of articles that are not there. */
export const pages = {
  front: '/',
  stream: '/news',
  'a stream of a category': '/category/notes',
  story: '/news/everything',
  'a story in Arabic': '/news/arabic',
  'a story in Chinese': '/news/chinese',
  'the months': '/archive',
  'a month': '/archive/2026-03',
  'most read': '/most-read',
  feeds: '/feeds',
  about: '/about',
  'what is not there': '/news/nowhere',
  'what was removed': '/news/gone',
};

export const siteYaml = (language: string) => `
title: Lantern Quay Wire
description: Trade and tides
authority: news.example.com
language: ${language}
timeZone: Asia/Shanghai
logo: harbour.webp
accent: "#ffd700"
navigation: [{ label: News, url: /news }, { label: Port, url: /tag/port }]
footer: [Printed nowhere]
address: [Lantern Quay Wire, 7 Lantern Quay]
sources: [{ name: Quay Desk, url: https://quay.example/, credit: First told by Quay Desk }]
`;
