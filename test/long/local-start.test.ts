import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { lockFolder } from '../../infra/local/lock.ts';
import { listen } from '../../infra/local/server.ts';
import { contentFolder, siteYaml, temporaryFolder } from '../infra/content-folder.ts';
import { runNode } from '../local/process.ts';

const program = join(import.meta.dirname, '../../infra/local/start.ts');

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  const { server, url } = await listen(0, () => {});
  await new Promise((closed) => server.close(closed));
  return new URL(url).port;
}

/** `npm start` with these settings, on the run's DynamoDB and keeping nothing unless told otherwise. */
async function start(settings: Record<string, string>) {
  const defaults = {
    PORT: await freePort(),
    // Vite sets it to its own.
    BASE_URL: '',
    DATA_DIR: ':memory:',
    DYNAMODB_ENDPOINT: inject('dynamodbEndpoint'),
  };
  return runNode([program], { ...defaults, npm_lifecycle_event: '', ...settings });
}

test('prints its steps, what was imported and where it is, and ends by Ctrl-C', async () => {
  const contentDir = contentFolder({
    'articles/first.md': '---\ntitle: First\npublishedAt: 2026-01-31T08:00:00+08:00\n---\nText\n',
    'articles/broken.md': '---\ntitle: Broken\n---\nText\n',
  });
  const PORT = await freePort();
  const stage = await start({ CONTENT_DIR: contentDir, PORT, BASE_URL: 'https://news.example.com/' });

  const printed = await stage.printed(/Ctrl-C stops\.\n/);
  const page = await fetch(`http://127.0.0.1:${PORT}/news/first.json`);
  stage.process.kill('SIGINT');

  expect(await stage.ended).toMatchObject({ code: 0, err: '' });
  expect(printed.replaceAll(/^ *\d+\.\d s {2}/gm, '').replace(/(broken\.md):\d+ .+/, '$1 …')).toBe(
    [
      `Starting the local stage on port ${PORT}`,
      'DynamoDB',
      'App synthesised',
      'Tables, routes, stream, schedules',
      'Content imported',
      'Articles: 1 published (first), 0 unchanged, 1 broken',
      `${contentDir}/articles/broken.md …`,
      '',
      'Site       https://news.example.com/',
      'Article    https://news.example.com/news/first',
      'RSS        https://news.example.com/rss.xml',
      'Atom       https://news.example.com/atom.xml',
      'JSON Feed  https://news.example.com/feed.json',
      '',
      'Changes of content are published as you save. Ctrl-C stops.',
      '',
    ].join('\n'),
  );
  expect(await page.json()).toMatchObject({ title: 'First', url: 'https://news.example.com/news/first' });
});

test('leaves nothing in the temporary folder', async () => {
  const [DATA_DIR, TMPDIR] = [temporaryFolder(), temporaryFolder()];
  const stage = await start({ CONTENT_DIR: contentFolder(), DATA_DIR, TMPDIR });
  await stage.printed(/Ctrl-C stops\.\n/);
  const own = () => readdirSync(TMPDIR).filter((name) => name.startsWith('newswire-'));

  expect(own()).toEqual([expect.stringMatching(/\.sock$/)]);
  stage.process.kill('SIGTERM');
  await stage.ended;

  expect(own()).toEqual([]);
});

test('refuses a port that is in use', async () => {
  const { server, url } = await listen(0, () => {});
  onTestFinished(() => void server.close());
  const { port } = new URL(url);

  expect(await (await start({ PORT: port })).ended).toEqual({
    code: 1,
    out: '',
    err: `Port ${port} is in use: stop what listens there, or set PORT to another one\n`,
  });
});

test('refuses a data folder that is in use', async () => {
  const folder = temporaryFolder();
  const unlock = await lockFolder(folder);
  onTestFinished(unlock);

  expect(await (await start({ DATA_DIR: folder })).ended).toEqual({
    code: 1,
    out: '',
    err: `Another local stage runs on ${folder}: stop it, or set DATA_DIR to another folder\n`,
  });
});

test.each([
  [{ PORT: 'http' }, 'PORT is http: set it to a number from 1 to 65535'],
  [{ BASE_URL: 'foo' }, 'BASE_URL is foo: set it as https://news.example.com'],
  [{ BASE_URL: 'https://a b/' }, 'BASE_URL is https://a b/: set it as https://news.example.com'],
  [
    { DATA_DIR: 'README.md' },
    'README.md cannot be made a folder (EEXIST): set DATA_DIR to one that can be written, or to :memory:',
  ],
  [
    { DATA_DIR: 'README.md/x' },
    'README.md/x cannot be made a folder (ENOTDIR): set DATA_DIR to one that can be written, or to :memory:',
  ],
  [
    { DYNAMODB_ENDPOINT: 'localhost:8000' },
    'DYNAMODB_ENDPOINT is localhost:8000: set it as http://localhost:8000',
  ],
])('refuses the setting %j', async (settings, line) => {
  expect(await (await start(settings)).ended).toEqual({ code: 1, out: '', err: `${line}\n` });
});

test('refuses an endpoint where nothing answers', async () => {
  const DYNAMODB_ENDPOINT = `http://127.0.0.1:${await freePort()}`;

  expect(await (await start({ DYNAMODB_ENDPOINT })).ended).toEqual({
    code: 1,
    out: expect.any(String),
    err: `No DynamoDB answers at DYNAMODB_ENDPOINT=${DYNAMODB_ENDPOINT} (ECONNREFUSED): start it, or unset DYNAMODB_ENDPOINT to have one started\n`,
  });
});

test('refuses content that is no folder', async () => {
  expect(await (await start({ CONTENT_DIR: 'README.md' })).ended).toMatchObject({
    code: 1,
    err: 'README.md is no folder: name the folder that holds site.yaml\n',
  });
});

test('refuses broken settings of the site', async () => {
  const CONTENT_DIR = contentFolder({ 'site.yaml': siteYaml.replace('Asia/Shanghai', 'Mars') });

  const { code, err } = await (await start({ CONTENT_DIR })).ended;

  expect(code).toBe(1);
  expect(err).toBe(`${CONTENT_DIR}/site.yaml:5 timeZone: must be a time zone such as Asia/Shanghai\n`);
});
