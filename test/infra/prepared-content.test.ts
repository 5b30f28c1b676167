import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseArticleFile } from '../../functions/article/article-file.ts';
import { describeFault, InvalidSiteError } from '../../infra/content-files.ts';
import { prepareContent } from '../../infra/prepared-content.ts';
import { contentFolder, png, siteYaml, temporaryFolder } from './content-folder.ts';

const tooLarge = Buffer.concat([png, Buffer.alloc(50_000_000)]);
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

async function prepare(content: string) {
  const out = join(temporaryFolder(), 'prepared');
  const { faults } = await prepareContent(content, out);
  const json = (file: string) => JSON.parse(readFileSync(join(out, file), 'utf8'));
  return { out, faults, json };
}

test('writes the settings with their defaults filled in', async () => {
  const { json, faults } = await prepare(contentFolder());

  expect(faults).toEqual([]);
  expect(json('site.json')).toEqual({
    title: 'Sample News',
    description: 'What a sample has to say',
    authority: 'news.example.com',
    language: 'en',
    timeZone: 'Asia/Shanghai',
    address: [],
    sources: [],
    hubs: [],
    navigation: [],
    redirects: [],
    footer: [],
  });
});

test('leaves out redirects that lead nowhere, each told with its line', async () => {
  const redirects = [
    ...['redirects:', '  /2019/%74itle/: /news/port', '  "/?p=1": /news/former', '  /gone: /news/removed'],
    ...['  /lost: /news/nothing', '  /a: /b', '  /b: /a'],
  ];
  const content = contentFolder({
    'site.yaml': [siteYaml, ...redirects].join('\n'),
    'articles/port.md': '---\naliases: [former]\n---\n',
    'articles/removed.md': '---\nremoved: It was wrong.\n---\n',
    'articles/broken.md': 'no front matter',
  });

  const { json, faults } = await prepare(content);

  expect(json('site.json').redirects).toEqual([
    { from: '/2019/title', to: '/news/port' },
    { from: '/?p=1', to: '/news/former' },
    { from: '/gone', to: '/news/removed' },
  ]);
  expect(faults.map(describeFault)).toEqual([
    `${content}/site.yaml:10 redirects/~1lost: leads nowhere: there is no article at /news/nothing`,
    `${content}/site.yaml:11 redirects/~1a: leads in a circle`,
    `${content}/site.yaml:12 redirects/~1b: leads in a circle`,
  ]);
});

test('tells of a logo that is not there, and of none that is', async () => {
  const siteOf = (logo: string) => `${siteYaml}\nlogo: ${logo}`;
  const media = { 'media/gate.png': png };

  const known = await prepare(contentFolder({ 'site.yaml': siteOf('gate.png'), ...media }));
  const missing = await prepare(contentFolder({ 'site.yaml': siteOf('gates.png'), ...media }));
  const path = await prepare(contentFolder({ 'site.yaml': siteOf('/media/gate.png'), ...media }));

  expect(known.faults).toEqual([]);
  expect(missing.faults).toMatchObject([
    { line: 6, pointer: '/logo', message: 'names no usable file of the media folder' },
  ]);
  expect(path.faults).toMatchObject([
    {
      pointer: '/logo',
      message: 'names no usable file of the media folder: write the name alone, gate.png',
    },
  ]);
});

test('copies articles byte for byte, faulty ones too, and nothing else that lies beside them', async () => {
  const faulty = Buffer.from([0xff, 0x0d, 0x0a]);

  const { out, faults } = await prepare(
    contentFolder({
      'articles/folder.md/notes.md': 'In a folder',
      'articles/a.md': 'no front matter\r\n',
      'articles/b.md': faulty,
      'articles/.b.md.swp': 'an editor',
      'articles/notes.txt': 'for ourselves',
    }),
  );

  expect(faults).toEqual([]);
  expect(readdirSync(join(out, 'articles'))).toEqual(['.keep', 'a.md', 'b.md']);
  expect(readFileSync(join(out, 'articles/a.md'), 'utf8')).toBe('no front matter\r\n');
  expect(readFileSync(join(out, 'articles/b.md'))).toEqual(faulty);
});

test('describes each image by its content, whatever its name ends in', async () => {
  const { faults, json } = await prepare(
    contentFolder({ 'media/pixel.jpg': png, 'media/a_b-c.1.png': png, 'media/.DS_Store': 'a desktop' }),
  );

  const pixel = { type: 'image/png', length: png.length, width: 1, height: 1, widths: [] };
  expect(json('media.json')).toEqual({
    'a_b-c.1.png': { ...pixel, path: '/media/a_b-c.1-6b7fa434f92a8b80.png' },
    'pixel.jpg': { ...pixel, path: '/media/pixel-6b7fa434f92a8b80.jpg' },
  });
  expect(faults).toEqual([]);
  const key = createHash('sha256').update(png).digest('hex');
  expect(json('pictures.json')).toEqual({ 'a_b-c.1.png': `${key}.png`, 'pixel.jpg': `${key}.jpg` });
});

const sized = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 4, 0, 3, 1, 1, 0x11, 0, 0xff, 0xd9]);
const oriented = (orientation: number) =>
  Buffer.from(`ffe100224578696600004d4d002a0000000800010112000300000001000${orientation}000000000000`, 'hex');
const jpeg = (...parts: Buffer[]) => Buffer.concat([Buffer.from('ffd8', 'hex'), ...parts, sized]);
const box = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat([Buffer.from(type), ...parts]);
  return Buffer.concat([Buffer.from([0, 0, 0, body.length + 4]), body]);
};

test.each([
  ['image/gif', Buffer.from('GIF89a\x03\0\x04\0', 'latin1'), 3, 4],
  ['image/jpeg', jpeg(Buffer.from('ffe000040000', 'hex')), 3, 4],
  // From 5 on the camera was turned by a quarter.
  ['image/jpeg', jpeg(oriented(4)), 3, 4],
  ['image/jpeg', jpeg(oriented(5)), 4, 3],
  ['image/jpeg', jpeg(oriented(8)), 4, 3],
  ['image/webp', Buffer.from('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x02\0\0\x03\0\0', 'latin1'), 3, 4],
  [
    'image/avif',
    Buffer.concat([
      box('ftyp', Buffer.from('avif\0\0\0\0avifmif1')),
      box(
        'meta',
        Buffer.alloc(4),
        box('iprp', box('ipco', box('ispe', Buffer.from('000000000000000300000004', 'hex')))),
      ),
    ]),
    3,
    4,
  ],
])('measures %s as a browser shows it', async (type, bytes, width, height) => {
  const { json, faults } = await prepare(contentFolder({ 'media/image.jpg': bytes }));

  expect(faults).toEqual([]);
  expect(json('media.json')['image.jpg']).toMatchObject({ type, width, height, length: bytes.length });
});

test.each([
  ['image.svg', svg, 'is an SVG, which could run scripts on the site: export it as PNG or WebP'],
  ['vector.png', svg, 'is an SVG, which could run scripts on the site: export it as PNG or WebP'],
  ['text.png', 'not an image', 'is not a PNG, JPEG, GIF, WebP or AVIF picture'],
  ['empty.png', '', 'is empty'],
  ['big.png', tooLarge, 'is larger than 50 MB'],
  ...['Capital.png', 'a space.png', 'ending'].map((name): [string, Buffer, string] => [
    name,
    png,
    'needs a name of lower case letters a to z, digits, dots, _ and -, with an ending such as .jpg',
  ]),
  ['folder/pixel.png', png, 'is not a file'],
])('leaves out and reports media/%s, and keeps the others', async (name, bytes, message) => {
  const content = contentFolder({ [`media/${name}`]: bytes, 'media/good.png': png });

  const { faults, json } = await prepare(content);

  const file = join(content, 'media', name.split('/')[0] ?? '');
  expect(faults).toEqual([{ file, pointer: '', message }]);
  expect(Object.keys(json('media.json'))).toEqual(['good.png']);
});

test.each(['articles', 'media'])(
  'refuses a folder of %s that cannot be read: it is no folder without files',
  async (name) => {
    const dangling = contentFolder();
    symlinkSync('nowhere', join(dangling, name));

    await expect(prepare(contentFolder({ [name]: 'a file' }))).rejects.toThrow(`${name} is no folder`);
    await expect(prepare(dangling)).rejects.toThrow(`${name} is a link to something that is not there`);
  },
);

test.each([
  ['a link that leads nowhere', 'is a link to something that is not there', symlinkTo('nowhere')],
  ['a link to itself', 'is a link that leads back to itself', symlinkTo('a.md')],
  ['a file without permission', 'may not be read: change its permissions', forbidden],
])(
  'hands %s on to the import with the reason, and the other articles whole',
  async (_what, message, make) => {
    const content = contentFolder({ 'articles/b.md': 'sound' });
    make(join(content, 'articles/a.md'));

    const { out, faults } = await prepare(content);

    expect(faults).toEqual([]);
    expect(readFileSync(join(out, 'articles/b.md'), 'utf8')).toBe('sound');
    const prepared = readFileSync(join(out, 'articles/a.md'));
    expect(() => parseArticleFile('a', prepared)).toThrow(
      expect.objectContaining({ faults: [{ line: 1, pointer: '', message }] }),
    );
  },
);

function symlinkTo(target: string) {
  return (path: string) => symlinkSync(target, path);
}

/** Root may read everything: for this test it is somebody else. */
function forbidden(path: string): void {
  writeFileSync(path, 'secret', { mode: 0 });
  if (process.geteuid?.() !== 0) return;
  for (let folder = dirname(path); folder.includes('newswire-tests-'); folder = dirname(folder))
    chmodSync(folder, 0o777);
  process.seteuid?.(65534);
  onTestFinished(() => void process.seteuid?.(0));
}

test('takes a file of exactly 50 MB', async () => {
  const limit = Buffer.concat([png, Buffer.alloc(50_000_000 - png.length)]);

  const { faults } = await prepare(contentFolder({ 'media/limit.png': limit }));

  expect(faults).toEqual([]);
});

test('has folders that survive an archive when there is neither an article nor an image', async () => {
  const { out, json } = await prepare(contentFolder());

  expect(readdirSync(join(out, 'articles'))).toEqual(['.keep']);
  expect(json('media.json')).toEqual({});
});

test('refuses faulty settings with every fault and its line, and prepares nothing', async () => {
  const content = contentFolder({ 'site.yaml': 'title: T\ntimeZone: Mars/Base\ncolour: red\n' });
  const out = join(temporaryFolder(), 'prepared');

  const error = await prepareContent(content, out).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(InvalidSiteError);
  const lines = (error as InvalidSiteError).message.split('\n');
  expect(lines).toContain(`${content}/site.yaml:2 timeZone: must be a time zone such as Asia/Shanghai`);
  expect(lines).toContain(`${content}/site.yaml:3 colour: is not a known field`);
  expect(existsSync(out)).toBe(false);
});

test('says that the settings are missing', async () => {
  const content = temporaryFolder();

  await expect(prepareContent(content, temporaryFolder())).rejects.toThrow(`${content}/site.yaml is missing`);
});

test('knows crawlers by name, and takes browsers, curl and driven browsers for people', async () => {
  const { json } = await prepare(contentFolder());

  const crawler = new RegExp(json('crawlers.json').pattern);
  const named = [
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Feedbin feed-id:1',
  ];
  const people = [
    'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
    'curl/8.5.0',
    'node-fetch',
    'HeadlessChrome/142.0.0.0',
  ];
  expect(named.filter((agent) => !crawler.test(agent))).toEqual([]);
  expect(people.filter((agent) => crawler.test(agent))).toEqual([]);
});

test("takes the owner's files that it can serve, and names the others", async () => {
  const content = contentFolder({
    'site.yaml': `${siteYaml}\nredirects: { /old.pdf: /files/Plan.pdf, /lost.pdf: /files/lost.pdf }`,
    'static/ads.txt': 'a',
    'static/.well-known/apple-app-site-association': '{}',
    'static/files/Plan.pdf': 'b',
    'static/.hidden/a.txt': 'c',
    'static/script.js': 'd',
    'static/a b.txt': 'e',
    'static/robots.txt': 'f',
    'static/tag/a.txt': 'g',
    'static/articles/a.txt': 'h',
    'static/long.txt': Buffer.alloc(4_400_001),
  });

  const { json, faults } = await prepare(content);

  expect(json('static.json')).toEqual({
    '/ads.txt': { type: 'text/plain; charset=utf-8', etag: expect.stringMatching(/^W\/"/) },
    '/.well-known/apple-app-site-association': expect.anything(),
    '/files/Plan.pdf': { type: 'application/pdf', etag: expect.any(String) },
  });
  expect(json('site.json').redirects).toEqual([{ from: '/old.pdf', to: '/files/Plan.pdf' }]);
  const said = faults.map(describeFault).filter((fault) => fault.includes('/static/'));
  expect(said).toEqual([
    `${content}/static/a b.txt needs a path of letters a to z, digits, dots, _ and -`,
    `${content}/static/articles/a.txt has the address /articles/a.txt, which is the site's own`,
    `${content}/static/long.txt is larger than 4.4 MB`,
    `${content}/static/robots.txt has the address /robots.txt, which is the site's own`,
    expect.stringMatching(/script\.js is of no kind that is served: \.txt /),
    `${content}/static/tag/a.txt has the address /tag/a.txt, which is the site's own`,
  ]);
});
