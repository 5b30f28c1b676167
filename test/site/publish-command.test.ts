import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { contentFolder, png } from '../infra/content-folder.ts';
import { newswire } from '../support/newswire.ts';
import { describeStore } from '../support/scan.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite({
    files: { 'articles/filed.md': articleFile('Filed', '2026-01-02T10:00:00+08:00') },
  });
  return () => closeSound(site);
});

const run = (command: string, ...args: string[]) => newswire(command, ...args, '--to', site.url);

/** A folder of these files, and what the command prints without the folder's path, in the order of names. */
function folderOf(files: Record<string, string | Buffer>) {
  const folder = contentFolder(files);
  return {
    folder,
    publish: async (...args: string[]) => {
      const { code, out, err } = await run('publish', join(folder, 'in'), ...args);
      const lines = out.map((line) => line.replace(`${folder}/in/`, ''));
      return { code, err, lines: lines.slice(0, -1).sort(), counts: lines.at(-1) };
    },
  };
}

test('creates, leaves unchanged, replaces and lists what files hold', async () => {
  const { folder, publish } = folderOf({
    'in/ferry.md': '---\ntitle: Ferry\n---\nThe *ferry* is back.\n',
    'in/bridge.html': '<html lang="de"><title>Brücke</title><body><p>Offen.<script>1</script>',
    'in/notice.json': '{"title": "Notice", "text": "All is well.", "draft": true}',
  });
  const pages = [`bridge.html: ${site.url}/news/bridge`, `ferry.md: ${site.url}/news/ferry`];

  const created = await publish();
  const unchanged = await publish();
  writeFileSync(join(folder, 'in/ferry.md'), '---\ntitle: Ferry\n---\nIt is late.\n');
  const replaced = await publish();
  const listed = await run('list');
  const own = /^(SLUG|bridge|ferry|filed|notice) /;

  const draft = 'notice.json: a draft';
  const leftOut = '           left out: script: articles run no scripts';
  expect(created.lines).toEqual([leftOut, ...[...pages, draft].map((line) => `created    ${line}`)]);
  expect(created).toMatchObject({ code: 0, err: [], counts: '3 in all: 3 created' });
  expect(unchanged.lines).toEqual([leftOut, ...[...pages, draft].map((line) => `unchanged  ${line}`)]);
  expect(replaced.lines).toEqual([
    ...[leftOut, `replaced   ${pages[1]}`],
    ...[`unchanged  ${pages[0]}`, `unchanged  ${draft}`],
  ]);
  expect(await site.json('/news/ferry')).toMatchObject({ title: 'Ferry', contentHtml: '<p>It is late.</p>' });
  expect(await site.json('/news/bridge')).toMatchObject({ language: 'de', contentHtml: '<p>Offen.</p>' });
  expect(
    listed.out
      .filter((line) => own.test(line))
      .map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, '…').split(/ {2,}/))
      .sort(),
  ).toEqual([
    ['SLUG', 'STATUS', 'VERSION', 'PUBLISHED', 'TITLE'],
    ['bridge', 'published', '1', '…', 'Brücke'],
    ['ferry', 'published', '2', '…', 'Ferry'],
    ['filed', 'published', '1', '…', 'Filed'],
    ['notice', 'draft', '1', '…', 'Notice'],
  ]);
});

test('sends the pictures that a file names where they lie, and has it name them as the site does', async () => {
  const heic = Buffer.from('000000186674797068656963000000006d69663168656963', 'hex');
  const { publish } = folderOf({
    'in/quay.md': `---
title: Quay
image: { url: pictures/Lead.PNG }
---
![a](./pictures/Lead.PNG "A quay") ![b](<my pier.png>) ![c](my%20pier.png) ![d](/media/old.png) ![e][f]
![g](https://elsewhere.example/x.png)

[f]: ../media/old.png
`,
    'in/yard.html': '<title>Yard</title><body><img src=\'my pier.png\'><img src="/media/elsewhere.png">',
    'in/phone.md': '---\ntitle: Phone\n---\n![a](phone.heic)\n',
    'in/pictures/Lead.PNG': png,
    'in/my pier.png': Buffer.concat([png, Buffer.from('2')]),
    'media/old.png': Buffer.concat([png, Buffer.from('3')]),
    'in/phone.heic': heic,
  });

  const first = await publish();
  const again = await publish();

  expect(first.lines).toEqual([
    '           picture lead.png: created, 1 × 1',
    ...first.lines.filter((line) => /picture my-pier.png: (created|replaced)/.test(line)),
    '           picture old.png: created, 1 × 1',
    `created    quay.md: ${site.url}/news/quay`,
    expect.stringMatching(
      /^refused {4}phone.md: line 4 markdown: the picture phone.heic is a HEIC picture.*export it as JPEG/,
    ),
    'refused    yard.html: line 1 html: the image /media/elsewhere.png is no usable file of the media folder',
  ]);
  expect(again.lines.filter((line) => line.includes('picture '))).toEqual([
    expect.stringContaining('phone.heic'),
  ]);
  const { contentHtml, image } = await site.json('/news/quay');
  expect(contentHtml.match(/src="[^"]*"/g)).toEqual([
    ...['lead', 'my-pier', 'my-pier', 'old', 'old'].map((name) =>
      expect.stringMatching(new RegExp(`/media/${name}-[0-9a-f]{16}-1\\.jpg"$`)),
    ),
    'src="https://elsewhere.example/x.png"',
  ]);
  expect(image.url).toMatch(/\/media\/lead-/);
});

test('publishes the others beside a refused file, and tells the line of what the site refuses', async () => {
  const { publish } = folderOf({
    'in/faulty.md': '---\ntitle: Faulty\ncolour: red\n---\n',
    'in/good.md': '---\ntitle: Good\n---\n',
    'in/no-zone.md': '---\ntitle: No zone\npublishedAt: 2026-01-02 10:00:00\n---\n',
    'in/filed.json': '{"title": "Another",\n"text": "",\n"id": "tag:example.com,2026:another"}',
  });

  const { code, lines } = await publish();

  expect(code).toBe(1);
  expect(lines).toEqual([
    `created    good.md: ${site.url}/news/good`,
    'refused    faulty.md: line 3 colour: is not a known field',
    expect.stringMatching(/^refused {4}filed\.json: line 3 id: cannot change: it is tag:/),
    expect.stringMatching(
      /^refused {4}no-zone\.md: line 3 publishedAt: must be a date and time with its zone/,
    ),
  ]);
});

test('says on a dry run what would happen, and writes nothing', async () => {
  const { publish } = folderOf({
    'in/faulty.md': '---\ntitle: ""\n---\n',
    'in/filed.md': '---\ntitle: Filed\n---\n',
    'in/new.md': '---\ntitle: New\n---\n',
  });
  const before = await describeStore(site.store);

  const { code, lines, counts } = await publish('--dry-run');

  expect({ code, counts }).toEqual({ code: 1, counts: expect.stringMatching(/^3 in all: /) });
  expect(lines).toEqual([
    'new        new.md',
    'refused    faulty.md: line 2 title: must not be empty',
    'there      filed.md: published, version 1',
  ]);
  expect(await describeStore(site.store)).toEqual(before);
});

test('lists an article whose time has not come as scheduled', async () => {
  const { publish } = folderOf({
    'in/eclipse.md': '---\ntitle: Eclipse\npublishedAt: 2099-01-02T10:00:00Z\n---\n',
  });
  await publish();

  const { out } = await run('list', '--status', 'scheduled');

  expect(out.map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
    ['SLUG', 'STATUS'],
    ['eclipse', 'scheduled'],
  ]);
});

test('removes articles, and says which were never there', async () => {
  const { publish } = folderOf({ 'in/brief.md': '---\ntitle: Brief\n---\n' });
  await publish();

  const first = await run('unpublish', 'brief', '/news/brief', `${site.url}/news/brief`, 'never', '../x');
  const again = await run('unpublish', 'brief');
  const gone = await run('list', '--status', 'gone');

  expect([first.code, again.code]).toEqual([1, 0]);
  expect(first.out.sort()).toEqual([
    '3 in all: 2 refused, 1 removed',
    'refused    ../x: is no slug: letters a to z, digits and hyphens',
    'refused    never: there is no such article',
    'removed    brief',
  ]);
  expect(again.out[0]).toBe('removed    brief');
  expect(gone.out.map((line) => line.split(' ')[0])).toEqual(['SLUG', 'brief']);
  expect((await site.fetch('/news/brief')).status).toBe(410);
});

test('removes the article of a file that says why it is gone', async () => {
  const { folder, publish } = folderOf({ 'in/strike.md': '---\ntitle: Strike\n---\n' });
  await publish();
  writeFileSync(join(folder, 'in/strike.md'), '---\nremoved: It was a hoax.\n---\n');
  writeFileSync(join(folder, 'in/typo.md'), '---\nremoved: It was a hoax.\n---\n');
  writeFileSync(join(folder, 'in/why.md'), '---\nremoved:\n---\n');

  const dry = await publish('--dry-run');
  const { lines } = await publish();

  const refused = [
    'refused    typo.md: there is no such article',
    'refused    why.md: line 2 removed: must be text',
  ];
  expect(dry.lines).toEqual([...refused, 'there      strike.md: would be removed']);
  expect(lines).toEqual([...refused, 'removed    strike.md'].sort());
  expect(await (await site.fetch('/news/strike')).text()).toContain('It was a hoax.');
});
