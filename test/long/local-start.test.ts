import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { lockFolder } from '../../infra/local/lock.ts';
import { listen } from '../../infra/local/server.ts';
import { contentFolder, siteYaml, temporaryFolder } from '../infra/content-folder.ts';
import { runNode } from '../local/process.ts';
import { signedFetch } from '../support/sign.ts';

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
      `Starting the site of ${contentDir} on port ${PORT}`,
      'Database ready',
      'App synthesised from infra and functions',
      'Tables, routes, stream and schedules ready',
      'Content imported',
      'Articles: 1 created (first), 0 unchanged, 1 broken',
      `${contentDir}/articles/broken.md …`,
      '',
      'Site       https://news.example.com/',
      'Article    https://news.example.com/news/first',
      'RSS        https://news.example.com/rss.xml',
      'Atom       https://news.example.com/atom.xml',
      'JSON Feed  https://news.example.com/feed.json',
      `Desk       http://127.0.0.1:${PORT}/desk, where both keys are local`,
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

  expect(own()).toEqual([]);
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
  [
    { BASE_URL: 'https://a/blog' },
    'BASE_URL is https://a/blog: set it to an origin, such as https://news.example.com',
  ],
  [
    { DATA_DIR: 'README.md' },
    'README.md cannot be made a folder (EEXIST): set DATA_DIR to one that can be written, or to :memory:',
  ],
  [
    { DATA_DIR: 'README.md/x' },
    'README.md/x cannot be made a folder (ENOTDIR): set DATA_DIR to one that can be written, or to :memory:',
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

test.each([
  ['README.md', 'README.md is no folder: name the folder that holds site.yaml'],
  ['/nope', '/nope is not there: name the folder that holds site.yaml'],
  ['functions', 'functions/site.yaml is missing: name the folder that holds it'],
])('refuses the content %s before anything is started', async (CONTENT_DIR, line) => {
  const DATA_DIR = join(temporaryFolder(), 'new');

  const { code, out, err } = await (await start({ CONTENT_DIR, DATA_DIR })).ended;

  expect({ code, out, err }).toEqual({ code: 1, out: '', err: `${line}\n` });
  expect(existsSync(DATA_DIR)).toBe(false);
});

test('refuses broken settings of the site before anything is started', async () => {
  const CONTENT_DIR = contentFolder({ 'site.yaml': siteYaml.replace('Asia/Shanghai', 'Mars') });

  expect(await (await start({ CONTENT_DIR })).ended).toEqual({
    code: 1,
    out: '',
    err: `${CONTENT_DIR}/site.yaml:5 timeZone: must be a time zone such as Asia/Shanghai\n`,
  });
});

test('a restart synthesises nothing anew, and shows the content as it is then', async () => {
  const DATA_DIR = temporaryFolder();
  const article = (title: string) =>
    `---\ntitle: ${title}\npublishedAt: 2026-01-31T08:00:00+08:00\n---\nText\n`;
  const contentDir = contentFolder({
    'articles/first.md': article('First'),
    'articles/gone.md': article('Gone'),
  });
  const assemblies = () => readdirSync(join(DATA_DIR, 'assembly'));
  const former = await start({ CONTENT_DIR: contentDir, DATA_DIR });
  await former.printed(/Ctrl-C stops\.\n/);
  former.process.kill('SIGINT');
  await former.ended;
  const [assembly = ''] = assemblies();
  const made = () => statSync(join(DATA_DIR, 'assembly', assembly, 'manifest.json')).mtimeMs;
  const before = made();
  writeFileSync(join(contentDir, 'articles/first.md'), article('Changed'));
  rmSync(join(contentDir, 'articles/gone.md'));

  const PORT = await freePort();
  const stage = await start({ CONTENT_DIR: contentDir, DATA_DIR, PORT });
  const printed = await stage.printed(/Ctrl-C stops\.\n/);
  const page = await fetch(`http://127.0.0.1:${PORT}/news/first.json`);
  stage.process.kill('SIGINT');

  expect(await stage.ended).toMatchObject({ code: 0, err: '' });
  expect(printed).toContain('Articles: 1 changed (first), 0 unchanged, 1 removed (gone)');
  expect(await page.json()).toMatchObject({ title: 'Changed' });
  expect([assemblies(), made()]).toEqual([[assembly], before]);
});

test.each([1, 2])('leaves no process behind when Ctrl-C is pressed %i times', async (times) => {
  const DATA_DIR = temporaryFolder();
  const stage = await start({ CONTENT_DIR: contentFolder(), DATA_DIR, DYNAMODB_ENDPOINT: '' });
  await stage.printed(/Database ready\n/);

  for (let pressed = 0; pressed < times; pressed += 1) process.kill(-(stage.process.pid ?? 0), 'SIGINT');

  expect(await stage.ended).toMatchObject({ code: 0, err: '' });
  // What the signal has ended may need a moment to go.
  await vi.waitUntil(() => countProcesses(stage.process.pid, DATA_DIR) === 0, { timeout: 60_000 });
});

test('ends before its disk is full, and has every write that it acknowledged when there is room again', async ({
  skip,
}) => {
  const DATA_DIR = temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', DATA_DIR]);
  if (mounted.status !== 0) skip(`A small file system cannot be mounted here: ${mounted.stderr}`);
  onTestFinished(() => void spawnSync('umount', ['-l', DATA_DIR]));
  const settings = { CONTENT_DIR: contentFolder(), DATA_DIR, DYNAMODB_ENDPOINT: '', PORT: await freePort() };
  const filler = join(DATA_DIR, 'filler');
  const stage = await start(settings);
  await stage.printed(/Ctrl-C stops\.\n/);
  const acknowledged: string[] = [];
  const write = async () => {
    const slug = `a-${acknowledged.length}`;
    const body = { title: slug, text: 'Some text.' };
    const { ok } = await signedFetch(`http://127.0.0.1:${settings.PORT}/articles/${slug}`, {
      method: 'PUT',
      body,
    });
    if (ok) acknowledged.push(slug);
  };
  for (let count = 0; count < 20; count++) await write();

  writeFileSync(filler, Buffer.alloc(150 * 2 ** 20));
  // Until nobody answers any more.
  for (;;)
    if (
      !(await write().then(
        () => true,
        () => false,
      ))
    )
      break;

  const line =
    /^Only \d+ MB are free on the disk of .+: make 256 MB free, then run npm start again\. Nothing .+ lost\n$/;
  expect(await stage.ended).toMatchObject({ code: 1, err: expect.stringMatching(line) });
  expect(await (await start(settings)).ended).toMatchObject({ code: 1, err: expect.stringMatching(line) });
  rmSync(filler);
  const again = await start(settings);
  await again.printed(/Ctrl-C stops\.\n/);
  const answers = await Promise.all(
    acknowledged.map((slug) => fetch(`http://127.0.0.1:${settings.PORT}/news/${slug}.json`)),
  );
  again.process.kill('SIGTERM');
  await again.ended;
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
});

/** Those of this process group, and others that work on this folder. */
function countProcesses(group: number | undefined, folder: string): number {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pgid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => Number.parseInt(line, 10) === group || line.includes(folder)).length;
}
