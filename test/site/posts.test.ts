import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../infra/content-folder.ts';
import { newswire } from '../support/newswire.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';

const folder = 'test/fixtures/posts';

let site: Site;
/** What `publish` printed below the line of each post. */
const printed = new Map<string, string[]>();

beforeAll(async () => {
  site = await startSite();
  const posts = temporaryFolder();
  cpSync(folder, posts, { recursive: true });
  const { out, code } = await newswire('publish', posts, '--to', site.url);
  expect(code).toBe(0);
  let lines: string[] = [];
  for (const line of out) {
    const [, file] = /^created {4}(\S+):/.exec(line) ?? [];
    if (file) lines = [];
    if (file) printed.set(basename(file), lines);
    else if (line.startsWith('   ')) lines.push(line.trim().replace(' left out: ', ' '));
  }
  return () => closeSound(site);
});

const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const contentOf = async (file: string): Promise<string> =>
  (await site.json(`/news/${basename(file, extname(file))}`)).contentHtml;
const addressesIn = (text: string) =>
  new Set((text.match(/https:\/\/[^\s"'<>()\]]+/g) ?? []).map((address) => address.replaceAll('&amp;', '&')));

/** The addresses that readers do not get, as each post has them: of programs, stand-ins and copies. */
const left: Record<string, string[]> = {
  'ghost.html': [
    'https://www.youtube.com/embed/lamp_1?feature=oembed',
    'https://light.example/gull.jpg',
    'https://img.spacergif.org/v1/1280x720/0a/spacer.png',
    'https://widget.example/w.js',
  ],
  'jekyll.md': ['https://tide.example/blank.gif'],
  'wordpress-block.html': ['https://social.example/@quay', 'https://letter.example/join'],
  'wordpress-classic.html': [
    'https://www.youtube.com/embed/fog_1?feature=oembed',
    'https://platform.twitter.com/widgets.js',
    'https://files.quay.example/horn.mp3',
    'https://s.w.org/images/core/emoji/15.0.3/72x72/1f6a2.png',
  ],
};

test.each(readdirSync(folder))('keeps the addresses of pictures, links and films of %s', async (file) => {
  const kept = addressesIn(await contentOf(file));
  const [, , ...body] = read(file).split('---\n');

  const lost = [...addressesIn(body.join('---\n'))].filter((address) => !kept.has(address));

  expect(lost).toEqual(left[file] ?? []);
});

const wordpressFills = 'WordPress fills it when it shows the page: its text is not in here';
const link = (page: string) => `a link to ${page} stands in its place`;
const noDrawing = 'drawings are no part of the text: use a picture of the media folder';

test.each<[string, string[]]>([
  ['astro.md', [`line 22 youtube: ${link('https://www.youtube.com/watch?v=salt_film')}`]],
  ['hugo.md', []],
  ['jekyll.md', []],
  [
    'ghost.html',
    [
      'line 8 button: articles have no controls',
      `line 10 iframe: ${link('https://www.youtube.com/watch?v=lamp_1')}`,
      'line 11 img: has no address: nothing can be shown',
      `line 11 svg: ${noDrawing}`,
      'line 11 div: articles have no controls',
      'line 12 div: articles have no controls',
      'line 12 div: articles have no controls',
      `line 13 svg: ${noDrawing}`,
      `line 14 svg: ${noDrawing}`,
      'line 16 div: articles have no controls',
      'line 20 div: has no address that a link could lead to',
      'line 20 script: articles run no scripts (https://widget.example/w.js)',
    ],
  ],
  [
    'wordpress-block.html',
    [
      `line 63 object: ${link('https://files.quay.example/report.pdf')}`,
      `line 88 wp:social-link: ${wordpressFills}`,
      'line 92 input: articles have no controls',
      'line 92 button: articles have no controls',
      `line 99 wp:footnotes: ${wordpressFills}`,
    ],
  ],
  [
    'wordpress-classic.html',
    [
      `line 14 iframe: ${link('https://www.youtube.com/watch?v=fog_1')}`,
      'line 16 script: articles run no scripts (https://platform.twitter.com/widgets.js)',
      'line 17 style: articles are shown in the style of the site',
    ],
  ],
])('names whatever %s loses, with its line', (file, lines) => {
  expect(printed.get(file)).toEqual(lines);
});

test.each<[string, string[]]>([
  [
    'astro.md',
    [
      '<p>Salt was <em>money</em>, and “worth its weight”.',
      '<summary>Why?</summary>',
      '<a href="https://www.youtube.com/watch?v=salt--film">',
    ],
  ],
  [
    'hugo.md',
    [
      '<th class="center">Depth</th>',
      '<td class="right">0.05 m</td>',
      'href="https://kelp.example/a--b"',
      'class="language-go"',
      'A frond’s stalk',
      'Up to 60 cm a day.',
    ],
  ],
  ['jekyll.md', ['title="2025">Last year’s</a>', '<p>still two</p>', '<figcaption>The gauge</figcaption>']],
  [
    'ghost.html',
    [
      '<summary>Who lives there?</summary><div><p>A keeper and a cat.</p></div></details>',
      '<div>Light</div><div>J. Wick</div>',
      '<figcaption>Up and up</figcaption>',
      '<audio src="https://light.example/surf.mp3" preload="metadata" controls></audio><div>Surf at night</div>',
      '<div>The plan</div><div>Two floors</div>',
      '#text-the-lamp">skip to the lamp</a>',
    ],
  ],
  [
    'wordpress-block.html',
    [
      '<td class="right">12.5</td>',
      '<figcaption>Crane and barge</figcaption>',
      '<cite>A pilot</cite>',
      '<pre>Grey water,\n  grey wall</pre>',
      'srclang="en" kind="captions"',
      '<msup><mi>x</mi><mn>2</mn></msup>',
    ],
  ],
  [
    'wordpress-classic.html',
    [
      'alt="The quay" width="300" height="200" /></a><figcaption id="text-caption-attachment-31">The old quay</figcaption></figure>',
      '<ol start="3"><li>Warm</li></ol>',
      '<p lang="fr" dir="ltr">Brouillard à midi.</p>',
      '<p>🚢</p>',
    ],
  ],
])('shows %s as its readers knew it', async (file, parts) => {
  const content = await contentOf(file);

  for (const part of parts) expect(content).toContain(part);
});
