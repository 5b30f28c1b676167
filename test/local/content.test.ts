import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Content } from '../../infra/local/content.ts';
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
async function openContent(
  contentDir: string,
  assets = [assetWith('site.json', 'media.json', 'articles', 'media')],
) {
  const log: string[] = [];
  const content = new Content({
    contentDir,
    assets,
    workDir: temporaryFolder(),
    deploy: async () => void log.push('deployed'),
    log: (line) => void log.push(line.replaceAll(`${contentDir}/`, '')),
  });
  await content.opened;
  return { content, log, asset: (file: string) => join(assets[0] ?? '', 'content', file) };
}

test('deploys what has changed, and nothing when nothing has', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one', 'media/dot.png': png });
  const { content, log, asset } = await openContent(contentDir);

  expect(await content.publish(0)).toBeUndefined();
  expect(log).toEqual([]);

  writeFileSync(join(contentDir, 'articles/a.md'), 'two');
  writeFileSync(join(contentDir, 'articles/b.md'), 'new');
  writeFileSync(join(contentDir, 'media/pixel.png'), png);
  expect(await content.publish(0)).toBeUndefined();

  expect(log).toEqual(['Changed: articles/a.md, articles/b.md, media/pixel.png', 'deployed']);
  expect(readFileSync(asset('articles/a.md'), 'utf8')).toBe('two');
  expect(readFileSync(asset('media/pixel.png'))).toEqual(png);
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

  const { content } = await openContent(contentDir, [small, none, small]);
  const before = title();
  writeFileSync(join(contentDir, 'site.yaml'), siteYaml.replace('Sample News', 'Other News'));
  writeFileSync(join(contentDir, 'articles/a.md'), 'two');
  await content.publish(0);

  expect([before, title()]).toEqual(['Sample News', 'Other News']);
  expect(readdirSync(join(small, 'content'))).toEqual(['site.json']);
  expect(readdirSync(none)).toEqual([]);
});

test('keeps nothing of what was published before', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one' });
  const workDir = temporaryFolder();
  const options = { contentDir, workDir, assets: [], deploy: async () => {}, log: () => {} };
  await new Content(options).opened;

  const content = new Content(options);
  await content.opened;
  await content.publish(0);
  writeFileSync(join(contentDir, 'articles/a.md'), 'two');
  await content.publish(0);

  expect(readdirSync(workDir).sort()).toEqual(['current', expect.stringMatching(/^prepared-/)]);
});

test('is not opened with broken settings', async () => {
  const contentDir = contentFolder({ 'site.yaml': siteYaml.replace('Asia/Shanghai', 'Mars/Base') });

  await expect(openContent(contentDir)).rejects.toThrow('timeZone: must be a time zone');
});

test('removes what has been gone for a second, and waits with all else until then', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one', 'articles/b.md': 'one' });
  const { content, log, asset } = await openContent(contentDir);
  rmSync(join(contentDir, 'articles/a.md'));
  writeFileSync(join(contentDir, 'articles/b.md'), 'two');

  const waits = [await content.publish(5000), await content.publish(5999)];

  expect(waits).toEqual([1000, 1]);
  expect(log).toEqual([]);
  expect(await content.publish(6000)).toBeUndefined();
  expect(log).toEqual(['Changed: articles/b.md; Removed: articles/a.md', 'deployed']);
  expect(existsSync(asset('articles/a.md'))).toBe(false);
});

test('takes a file that comes back within a second for saved', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one' });
  const { content, log } = await openContent(contentDir);
  rmSync(join(contentDir, 'articles/a.md'));
  await content.publish(5000);

  writeFileSync(join(contentDir, 'articles/a.md'), 'two');
  await content.publish(5900);
  rmSync(join(contentDir, 'articles/a.md'));

  expect(await content.publish(6100)).toBe(1000);
  expect(log).toEqual(['Changed: articles/a.md', 'deployed']);
});

test('tells of broken settings once and keeps what there was', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one' });
  const { content, log, asset } = await openContent(contentDir);
  const before = readFileSync(asset('site.json'), 'utf8');
  writeFileSync(join(contentDir, 'site.yaml'), siteYaml.replace('Asia/Shanghai', 'Mars/Base'));
  writeFileSync(join(contentDir, 'articles/a.md'), 'two');

  await content.publish(0);
  await content.publish(0);

  expect(log).toEqual([
    'site.yaml:5 timeZone: must be a time zone such as Asia/Shanghai\nNothing is published until that is put right',
  ]);
  expect(readFileSync(asset('site.json'), 'utf8')).toBe(before);
  expect(readFileSync(asset('articles/a.md'), 'utf8')).toBe('one');

  writeFileSync(join(contentDir, 'site.yaml'), siteYaml);
  await content.publish(0);
  expect(log.slice(1)).toEqual(['Changed: articles/a.md', 'deployed']);
});

test('tells of a picture that is left out', async () => {
  const contentDir = contentFolder({});
  const { content, log } = await openContent(contentDir);
  mkdirSync(join(contentDir, 'media'));
  writeFileSync(join(contentDir, 'media/drawing.svg'), '<svg/>');

  await content.publish(0);

  expect(log).toEqual(['media/drawing.svg is not a PNG, JPEG, GIF, WebP or AVIF image']);
});

test('watches the content folder, also folders that are new or replaced, until it is stopped', async () => {
  const contentDir = contentFolder();
  let seen = gate();
  const stop = watchContent(contentDir, async () => {
    seen.open();
    return undefined;
  });
  onTestFinished(stop);

  for (const change of [
    () => mkdirSync(join(contentDir, 'articles')),
    () => writeFileSync(join(contentDir, 'articles/a.md'), 'one'),
    () => writeFileSync(join(contentDir, 'site.yaml'), 'title: Other'),
    () => renameSync(join(contentDir, 'articles'), join(contentDir, 'former')),
    () => mkdirSync(join(contentDir, 'articles')),
    () => writeFileSync(join(contentDir, 'articles/a.md'), 'two'),
    () => rmSync(join(contentDir, 'articles/a.md')),
  ]) {
    seen = gate();
    change();
    await seen.opened;
  }
});

test('looks once for changes within a tenth of a second, and again when asked to', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const contentDir = contentFolder();
  const looks: number[] = [];
  const stop = watchContent(contentDir, async () => (looks.push(looks.length) === 1 ? 1000 : undefined));
  onTestFinished(stop);
  /** Files changed on the disk, or a look that asks for another: both end in a timer. */
  const timerIsSet = () => vi.waitUntil(() => vi.getTimerCount() > 0, { timeout: 60_000 });

  writeFileSync(join(contentDir, 'a'), '');
  await timerIsSet();
  vi.advanceTimersByTime(99);
  expect(looks).toEqual([]);
  vi.advanceTimersByTime(1);
  await timerIsSet();
  expect(looks).toEqual([0]);
  vi.advanceTimersByTime(1000);
  vi.advanceTimersByTime(100);
  await vi.waitUntil(() => looks.length > 1, { timeout: 60_000 });
});
