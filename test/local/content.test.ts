import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { publishContent } from '../../infra/local/content.ts';
import { contentAssets } from '../../infra/local/content-asset.ts';
import { ContentPublisher } from '../../infra/local/content-publisher.ts';
import { prepareContent } from '../../infra/prepared-content.ts';
import { contentFolder, png, siteYaml, temporaryFolder } from '../infra/content-folder.ts';

/** An asset as it is synthesised: with these parts of the prepared content. */
async function assetWith(contentDir: string, ...parts: string[]): Promise<string> {
  const asset = temporaryFolder();
  await prepareContent(contentDir, join(asset, 'all'));
  mkdirSync(join(asset, 'content'));
  for (const part of parts) renameSync(join(asset, 'all', part), join(asset, 'content', part));
  return asset;
}

/** A publisher of this folder into one asset with everything, and a record of what it did. */
async function publisherOf(contentDir: string) {
  const asset = await assetWith(contentDir, 'site.json', 'media.json', 'articles', 'media');
  const log: string[] = [];
  const publisher = new ContentPublisher({
    contentDir,
    assets: await contentAssets([asset]),
    prepare: prepareContent,
    deploy: async () => void log.push('deployed'),
    log: (line) => void log.push(line.replaceAll(`${contentDir}/`, '')),
  });
  return { publisher, log, asset: (file: string) => join(asset, 'content', file) };
}

test('deploys what has changed, and nothing when nothing has', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one', 'media/dot.png': png });
  const { publisher, log, asset } = await publisherOf(contentDir);

  expect(await publisher.publish(0)).toBeUndefined();
  expect(log).toEqual([]);

  writeFileSync(join(contentDir, 'articles/a.md'), 'two');
  writeFileSync(join(contentDir, 'articles/b.md'), 'new');
  writeFileSync(join(contentDir, 'media/pixel.png'), png);
  expect(await publisher.publish(0)).toBeUndefined();

  expect(log).toEqual(['Changed: articles/a.md, articles/b.md, media/pixel.png', 'deployed']);
  expect(readFileSync(asset('articles/a.md'), 'utf8')).toBe('two');
  expect(readFileSync(asset('media/pixel.png'))).toEqual(png);
  expect(Object.keys(JSON.parse(readFileSync(asset('media.json'), 'utf8')))).toEqual([
    'dot.png',
    'pixel.png',
  ]);
  expect(readFileSync(asset('articles/b.md'), 'utf8')).toBe('new');
});

test('brings to each asset the parts it has', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one' });
  const [small, none] = [await assetWith(contentDir, 'site.json'), temporaryFolder()];
  const publisher = new ContentPublisher({
    contentDir,
    assets: await contentAssets([small, none, small]),
    prepare: prepareContent,
    deploy: async () => {},
    log: () => {},
  });
  writeFileSync(join(contentDir, 'site.yaml'), siteYaml.replace('Sample News', 'Other News'));
  writeFileSync(join(contentDir, 'articles/a.md'), 'two');

  await publisher.publish(0);

  expect(JSON.parse(readFileSync(join(small, 'content/site.json'), 'utf8')).title).toBe('Other News');
  expect(readdirSync(join(small, 'content'))).toEqual(['site.json']);
  expect(readdirSync(none)).toEqual([]);
});

test('removes what has been gone for a second, and waits with all else until then', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one', 'articles/b.md': 'one' });
  const { publisher, log, asset } = await publisherOf(contentDir);
  rmSync(join(contentDir, 'articles/a.md'));
  writeFileSync(join(contentDir, 'articles/b.md'), 'two');

  const waits = [await publisher.publish(5000), await publisher.publish(5999)];

  expect(waits).toEqual([1000, 1]);
  expect(log).toEqual([]);
  expect(await publisher.publish(6000)).toBeUndefined();
  expect(log).toEqual(['Changed: articles/b.md; Removed: articles/a.md', 'deployed']);
  expect(existsSync(asset('articles/a.md'))).toBe(false);
});

test('takes a file that comes back within a second for saved', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one' });
  const { publisher, log } = await publisherOf(contentDir);
  rmSync(join(contentDir, 'articles/a.md'));
  await publisher.publish(5000);

  writeFileSync(join(contentDir, 'articles/a.md'), 'two');
  await publisher.publish(5900);
  rmSync(join(contentDir, 'articles/a.md'));

  expect(await publisher.publish(6100)).toBe(1000);
  expect(log).toEqual(['Changed: articles/a.md', 'deployed']);
});

test('tells of broken settings once and keeps what there was', async () => {
  const contentDir = contentFolder({ 'articles/a.md': 'one' });
  const { publisher, log, asset } = await publisherOf(contentDir);
  const before = readFileSync(asset('site.json'), 'utf8');
  writeFileSync(join(contentDir, 'site.yaml'), siteYaml.replace('Asia/Shanghai', 'Mars/Base'));
  writeFileSync(join(contentDir, 'articles/a.md'), 'two');

  await publisher.publish(0);
  await publisher.publish(0);

  expect(log).toEqual([
    'site.yaml:5 timeZone: must be a time zone such as Asia/Shanghai\nNothing is published until that is put right',
  ]);
  expect(readFileSync(asset('site.json'), 'utf8')).toBe(before);
  expect(readFileSync(asset('articles/a.md'), 'utf8')).toBe('one');

  writeFileSync(join(contentDir, 'site.yaml'), siteYaml);
  await publisher.publish(0);
  expect(log.slice(1)).toEqual(['Changed: articles/a.md', 'deployed']);
});

test('tells of a picture that is left out', async () => {
  const contentDir = contentFolder({});
  const { publisher, log } = await publisherOf(contentDir);
  mkdirSync(join(contentDir, 'media'));
  writeFileSync(join(contentDir, 'media/drawing.svg'), '<svg/>');

  await publisher.publish(0);

  expect(log).toEqual(['media/drawing.svg is not a PNG, JPEG, GIF, WebP or AVIF image']);
});

test('sees what changes while it watches, in folders that are new, too', async () => {
  const contentDir = contentFolder();
  const asset = await assetWith(contentDir, 'site.json', 'media.json', 'articles', 'media');
  const lines: string[] = [];
  let told = () => {};
  const stop = await publishContent({
    contentDir,
    assets: [asset],
    deploy: async () => {},
    log(line) {
      lines.push(line);
      told();
    },
  });
  onTestFinished(stop);
  const next = () =>
    new Promise<void>((resolve) => {
      told = resolve;
    });

  for (const change of [
    () => {
      mkdirSync(join(contentDir, 'articles'));
      writeFileSync(join(contentDir, 'articles/a.md'), 'one');
    },
    () => writeFileSync(join(contentDir, 'articles/a.md'), 'two'),
    () => writeFileSync(join(contentDir, 'site.yaml'), `${siteYaml}\naddress: [Here]\n`),
    () => rmSync(join(contentDir, 'articles/a.md')),
  ]) {
    const told = next();
    change();
    await told;
  }

  expect(lines).toEqual([
    'Changed: articles/a.md',
    'Changed: articles/a.md',
    'Changed: site.yaml',
    'Removed: articles/a.md',
  ]);
});
