import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openContent } from '../../infra/local/content.ts';
import { watchContent } from '../../infra/local/content-watch.ts';
import { contentFolder, png, siteYaml, temporaryFolder } from '../infra/content-folder.ts';
import { gate } from './assembly.ts';

/** An asset as it is synthesised: with these parts of the prepared content. */
function assetWith(...parts: string[]): string {
  const asset = temporaryFolder();
  mkdirSync(join(asset, 'content'));
  for (const part of parts) writeFileSync(join(asset, 'content', part), 'as it was synthesised');
  return asset;
}

/** The content of this folder in an asset with everything, and a record of what was done. */
async function open(contentDir: string, assets = [assetWith('site.json', 'media.json', 'articles')]) {
  const log: string[] = [];
  const brought: string[] = [];
  const publish = await openContent({
    contentDir,
    assets,
    workDir: temporaryFolder(),
    bring: ({ file }) => void brought.push(basename(file)),
    async deploy(use, { settings }) {
      use();
      log.push(settings ? 'deployed, with functions started anew' : 'deployed');
    },
    log: (line) => void log.push(line.replaceAll(`${contentDir}/`, '')),
  });
  return { publish, log, brought, asset: (file: string) => join(assets[0] ?? '', 'content', file) };
}

test('deploys what has changed, and nothing when nothing has', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one', 'media/dot.png': png });
  const { publish, log, brought, asset } = await open(contentDir);

  await publish();
  expect(log).toEqual([]);

  writeFileSync(join(contentDir, 'articles/a.md'), 'two');
  writeFileSync(join(contentDir, 'articles/b.md'), 'new');
  writeFileSync(join(contentDir, 'media/pixel.png'), png);
  await publish();

  expect(log).toEqual([
    'Changed: articles/a.md, articles/b.md, media/pixel.png',
    'deployed, with functions started anew',
  ]);
  expect(readFileSync(asset('articles/a.md'), 'utf8')).toBe('two');
  expect(brought.at(-1)).toBe('pixel.png');
  expect(Object.keys(JSON.parse(readFileSync(asset('media.json'), 'utf8')))).toEqual([
    'dot.png',
    'pixel.png',
  ]);
  expect(readFileSync(asset('articles/b.md'), 'utf8')).toBe('new');
});

test('hands to each asset the parts it has, also what changed since it was synthesised', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one' });
  const [small, none] = [assetWith('site.json'), temporaryFolder()];
  const title = () => JSON.parse(readFileSync(join(small, 'content/site.json'), 'utf8')).title;

  const { publish } = await open(contentDir, [small, none, small]);
  const before = title();
  writeFileSync(join(contentDir, 'site.yaml'), siteYaml.replace('Sample News', 'Other News'));
  writeFileSync(join(contentDir, 'articles/a.md'), 'two');
  await publish();

  expect([before, title()]).toEqual(['Sample News', 'Other News']);
  expect(readdirSync(join(small, 'content'))).toEqual(['site.json']);
  expect(readdirSync(none)).toEqual([]);
});

test('keeps nothing of what was published before', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one' });
  const workDir = temporaryFolder();
  const deploy = async (use: () => void) => use();
  const options = { contentDir, workDir, assets: [], bring: () => {}, deploy, log: () => {} };
  await openContent(options);

  const publish = await openContent(options);
  await publish();
  writeFileSync(join(contentDir, 'articles/a.md'), 'two');
  await publish();

  expect(readdirSync(workDir).sort()).toEqual(['current', expect.stringMatching(/^prepared-/)]);
});

test('is not opened with broken settings', async () => {
  const contentDir = contentFolder({ 'site.yaml': siteYaml.replace('Asia/Shanghai', 'Mars/Base') });

  await expect(open(contentDir)).rejects.toThrow('timeZone: must be a time zone');
});

test('removes what is gone', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one', 'articles/b.md': 'one' });
  const { publish, log, asset } = await open(contentDir);
  rmSync(join(contentDir, 'articles/a.md'));
  writeFileSync(join(contentDir, 'articles/b.md'), 'two');

  await publish();

  expect(log).toEqual(['Changed: articles/b.md; Removed: articles/a.md', 'deployed']);
  expect(existsSync(asset('articles/a.md'))).toBe(false);
});

test('reads no file again that has not changed', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one', 'articles/b.md': 'one' });
  const { publish, log, asset } = await open(contentDir);
  const inode = (file: string) => statSync(asset(file)).ino;
  // Files of this second may have changed without a trace.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5000 });
  onTestFinished(() => void vi.useRealTimers());
  await publish();
  const before = ['articles/a.md', 'articles/b.md'].map(inode);

  writeFileSync(join(contentDir, 'articles/b.md'), 'two');
  await publish();

  const after = ['articles/a.md', 'articles/b.md'].map(inode);
  expect(before.map((number, index) => number === after[index])).toEqual([true, false]);
  expect(readFileSync(asset('articles/b.md'), 'utf8')).toBe('two');
  expect(log).toEqual(['Changed: articles/b.md', 'deployed']);
});

test('goes on with all other files while links lead nowhere or back, and takes the file that comes in their place', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one', 'media/dot.png': png });
  const { publish, log, asset } = await open(contentDir);
  for (const folder of ['articles', 'media']) {
    const ending = folder === 'media' ? 'png' : 'md';
    symlinkSync('nowhere', join(contentDir, folder, `dangling.${ending}`));
    symlinkSync(`loop.${ending}`, join(contentDir, folder, `loop.${ending}`));
  }
  writeFileSync(join(contentDir, 'articles/a.md'), 'two');

  await publish();

  expect(log).toEqual([
    'media/dangling.png is a link to something that is not there\nmedia/loop.png is a link that leads back to itself',
    'Changed: articles/a.md, articles/dangling.md, articles/loop.md',
    'deployed',
  ]);
  expect(readFileSync(asset('articles/a.md'), 'utf8')).toBe('two');
  expect(Object.keys(JSON.parse(readFileSync(asset('media.json'), 'utf8')))).toEqual(['dot.png']);

  rmSync(join(contentDir, 'articles/loop.md'));
  writeFileSync(join(contentDir, 'articles/loop.md'), 'no link');
  writeFileSync(join(contentDir, 'articles/nowhere'), 'there now');
  await publish();

  expect(readFileSync(asset('articles/loop.md'), 'utf8')).toBe('no link');
  expect(readFileSync(asset('articles/dangling.md'), 'utf8')).toBe('there now');
});

test('publishes nothing while a whole folder cannot be read, and goes on when it can', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one' });
  const { publish, log, asset } = await open(contentDir);
  renameSync(join(contentDir, 'articles'), join(contentDir, 'away'));
  symlinkSync('nowhere', join(contentDir, 'articles'));

  await publish();

  expect(log).toEqual([
    'articles is a link to something that is not there\nNothing is published until that is put right',
  ]);
  expect(readFileSync(asset('articles/a.md'), 'utf8')).toBe('one');

  rmSync(join(contentDir, 'articles'));
  symlinkSync('away', join(contentDir, 'articles'));
  writeFileSync(join(contentDir, 'articles/a.md'), 'two');
  await publish();
  expect(log.slice(1)).toEqual(['Changed: articles/a.md', 'deployed']);
});

test('tells of broken settings once and keeps what there was', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one' });
  const { publish, log, asset } = await open(contentDir);
  const before = readFileSync(asset('site.json'), 'utf8');
  writeFileSync(join(contentDir, 'site.yaml'), siteYaml.replace('Asia/Shanghai', 'Mars/Base'));
  writeFileSync(join(contentDir, 'articles/a.md'), 'two');

  await publish();
  await publish();

  expect(log).toEqual([
    'site.yaml:5 timeZone: must be a time zone such as Asia/Shanghai\nNothing is published until that is put right',
  ]);
  expect(readFileSync(asset('site.json'), 'utf8')).toBe(before);
  expect(readFileSync(asset('articles/a.md'), 'utf8')).toBe('one');

  writeFileSync(join(contentDir, 'site.yaml'), siteYaml);
  await publish();
  expect(log.slice(1)).toEqual(['Changed: articles/a.md', 'deployed']);
});

test('tells of a picture that is left out', async () => {
  const contentDir = contentFolder({});
  const { publish, log } = await open(contentDir);
  mkdirSync(join(contentDir, 'media'));
  writeFileSync(join(contentDir, 'media/drawing.svg'), '<svg/>');

  await publish();

  expect(log).toEqual([
    'media/drawing.svg is an SVG, which could run scripts on the site: export it as PNG or WebP',
  ]);
});

test('watches the content folder, also folders that are new or replaced, until it is stopped', async () => {
  const contentDir = contentFolder();
  let seen = gate();
  const stop = watchContent(contentDir, async () => seen.open());
  onTestFinished(stop);

  for (const change of [
    () => mkdirSync(join(contentDir, 'articles')),
    () => writeFileSync(join(contentDir, 'articles/a.md'), 'one'),
    () => writeFileSync(join(contentDir, 'site.yaml'), 'title: Other'),
    () => renameSync(join(contentDir, 'articles'), join(contentDir, 'former')),
    () => mkdirSync(join(contentDir, 'articles')),
    () => writeFileSync(join(contentDir, 'articles/a.md'), 'two'),
    () => rmSync(join(contentDir, 'articles/a.md')),
    () => rmSync(contentDir, { recursive: true }),
    () => mkdirSync(contentDir),
    () => writeFileSync(join(contentDir, 'site.yaml'), 'title: Third'),
    () => symlinkSync('nowhere', join(contentDir, 'articles')),
    () => symlinkSync('media', join(contentDir, 'media')),
    () => writeFileSync(join(contentDir, 'site.yaml'), 'title: Fourth'),
  ]) {
    seen = gate();
    change();
    await seen.opened;
  }
});

test('looks once nothing has changed for a fifth of a second: a file taken away to be saved is back by then', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const contentDir = contentFolder({ 'articles/a.md': 'one' });
  const looks: boolean[] = [];
  const stop = watchContent(
    contentDir,
    async () => void looks.push(existsSync(join(contentDir, 'articles/a.md'))),
  );
  onTestFinished(stop);
  // Counted by hand: a spy on a played timer would be put back after the timer, and leave it played for the files that follow.
  const played = globalThis.setTimeout;
  let timersSet = 0;
  globalThis.setTimeout = Object.assign((...given: Parameters<typeof setTimeout>) => {
    timersSet += 1;
    return played(...given);
  }, played);
  onTestFinished(() => {
    globalThis.setTimeout = played;
    vi.useRealTimers();
  });
  /** Each change on the disk sets the timer anew. */
  const untilNoticed = async (change: () => void) => {
    timersSet = 0;
    change();
    while (timersSet === 0) await nextTurn();
  };

  await untilNoticed(() => rmSync(join(contentDir, 'articles/a.md')));
  vi.advanceTimersByTime(199);
  await untilNoticed(() => writeFileSync(join(contentDir, 'articles/a.md'), 'two'));
  vi.advanceTimersByTime(199);
  await nextTurn();
  expect(looks).toEqual([]);

  for (; looks.length === 0; vi.advanceTimersByTime(200)) await nextTurn();
  expect(looks[0]).toBe(true);
});
