import { once } from 'node:events';
import { readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { OldArticle, OldEntry } from '../../infra/tools/import/old-site.ts';
import { type MoveOptions, moveIn } from '../../infra/tools/import.ts';
import { contentFolder, png, temporaryFolder } from '../infra/content-folder.ts';
import { newswire } from '../support/newswire.ts';
import { startRecordingProxy } from '../support/readers/recording-proxy.ts';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';
import { recordingTerminal } from '../support/terminal.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite();
  return () => closeSound(site);
});

/** A post of the old site, at /2019/<name>/ there. */
function post(
  name: string,
  fields: Partial<OldArticle['fields']> = {},
  more: Partial<OldArticle> = {},
): OldArticle {
  const html = 'markdown' in fields ? undefined : `<p>${name}</p>`;
  return {
    kind: 'article',
    place: `post ${name}`,
    slug: name,
    addresses: [`https://old.example/2019/${name}/`],
    fields: { title: name, html, publishedAt: '2019-05-06T07:08:09Z', guid: `urn:old:${name}`, ...fields },
    notes: [],
    ...more,
  };
}

/** A machine with a journal of its own, and what the command prints there. */
function machine() {
  const DATA_DIR = temporaryFolder();
  return async (
    entries: OldEntry[],
    { folder, ...options }: Partial<MoveOptions> & { folder?: string | undefined } = {},
  ) => {
    const { terminal, out, err } = recordingTerminal({ DATA_DIR });
    const old = {
      system: 'WordPress',
      home: 'https://old.example/',
      folder,
      async *entries() {
        yield* entries;
      },
    };
    const given = { path: join(DATA_DIR, 'old.xml'), to: site.url, isDryRun: false, ...options };
    const code = await moveIn(old, given, terminal);
    const [head = '', articles = '', pictures = '', redirects = '', , ...rest] = out;
    return { code, err, head, articles, pictures, redirects, rest: rest.filter((line) => line !== '') };
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
async function stored(slug: string): Promise<any> {
  return (await signedFetch(`${site.url}/articles/${slug}`)).json();
}

/** Where redirects lead from an address in the end. */
async function following(path: string) {
  const answer = await fetch(site.url + path);
  return { status: answer.status, location: new URL(answer.url).pathname };
}

/** An old site's server, and a network that leads every name to it. */
async function oldServer(answer: (path: string) => [status: number, body?: Buffer]) {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const [status, body] = answer(url);
    response.writeHead(status).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const network = { resolve: async () => [{ address: '127.0.0.1', family: 4 }], allows: () => true };
  return { asked, network, home: `http://old.example:${(server.address() as AddressInfo).port}/` };
}

test('takes articles, rewrites their links, redirects old addresses, and says what it did', async () => {
  const move = machine();
  const entries: OldEntry[] = [
    post('first', {
      html: '<p><a href="http://www.old.example/2019/second/#x">2</a> <a href="/tag/y/">y</a> <a href="/lost">l</a>',
    }),
    post(
      'second',
      { markdown: '[1](/2019/first/) `/2019/first/`', draft: true },
      { notes: ['the shortcode [poll] is left out'] },
    ),
    { kind: 'address', place: 'tag y', from: '/tag/y/', to: '/tag/why' },
    { kind: 'left-out', place: 'line 9', what: 'page "Imprint"', reason: 'Newswire has no pages yet' },
  ];

  const dry = await move(entries, { isDryRun: true });
  const nothing = await signedFetch(`${site.url}/articles/first`);
  const first = await move(entries);
  const accesses = site.guard.accesses.length;
  const again = await move(entries);

  const rest = [
    'Changed on the way',
    '  1 × an address of the old site is left as it is: post first: /lost',
    '  1 × the shortcode [poll] is left out: post second',
    'Left out',
    '  1 × Newswire has no pages yet: page "Imprint" (line 9)',
  ];
  expect(dry).toEqual({
    code: 0,
    err: [],
    head: `WordPress (https://old.example/) to ${site.url}: a dry run, nothing is stored`,
    articles: '2 articles: 2 would be new',
    pictures: '0 pictures to take',
    redirects: '3 old addresses to redirect',
    rest,
  });
  expect(nothing.status).toBe(404);
  expect(first).toEqual({
    code: 0,
    err: [],
    head: `WordPress (https://old.example/) to ${site.url}`,
    articles: '2 articles: 2 new',
    pictures: '0 pictures',
    redirects: '3 old addresses redirected',
    rest,
  });
  expect(again).toEqual({ ...first, articles: '2 articles: 2 unchanged' });
  // Only whether the site is still the one that has them.
  expect(site.guard.accesses.length - accesses).toBeLessThan(5);
  expect((await stored('first')).article.html).toBe(
    '<p><a href="/news/second#x">2</a> <a href="/tag/why">y</a> <a href="https://old.example/lost">l</a>',
  );
  expect((await stored('second')).article).toMatchObject({
    markdown: '[1](/news/first) `/2019/first/`',
    draft: true,
  });
  expect((await site.fetch('/2019/first/?utm_source=x')).headers.get('location')).toBe(
    `${site.url}/news/first`,
  );
  expect((await site.fetch('/tag/y')).headers.get('location')).toBe(`${site.url}/tag/why`);
});

test('follows the feeds of a label to where the site leads them', async () => {
  const address = (from: string, to: string) => ({ kind: 'address' as const, place: 'tags', from, to });

  const { code } = await machine()([
    post('labelled', { category: 'Gull', tags: ['Tide'] }),
    address('/tag/gull/rss/', '/category/gull/rss.xml'),
    address('/category/gull/feed/atom/', '/category/gull/atom.xml'),
    address('/tag/tide/rss/', '/tag/tide/rss.xml'),
    address('/feed/', '/rss.xml'),
  ]);

  expect(code).toBe(0);
  expect(await following('/tag/gull/rss/')).toEqual({ status: 200, location: '/category/gull/rss.xml' });
});

test('sends what changed in a newer export, and leaves what was edited here', async () => {
  const move = machine();
  await move([post('kept'), post('grown'), post('edited')]);
  const { article } = await stored('edited');
  await signedFetch(`${site.url}/articles/edited`, { method: 'PUT', body: { ...article, title: 'Ours' } });

  const newer = await move([
    post('new-one'),
    post('kept'),
    post('grown', { title: 'More' }),
    post('edited', { title: 'Theirs' }),
  ]);

  expect(newer.articles).toBe('4 articles: 1 new, 1 changed, 1 unchanged, 1 edited here since, left alone');
  expect(newer.rest).toEqual([
    'Edited or removed here since, and left alone',
    '  /news/edited (post edited)',
  ]);
  expect(newer.code).toBe(0);
  expect((await stored('grown')).article.title).toBe('More');
  expect((await stored('edited')).article.title).toBe('Ours');
});

test('finds on another machine what is there, by guid, id or title and date, and refuses what is not the same', async () => {
  const undated = { guid: undefined, publishedAt: undefined, draft: true };
  const entries = [
    post('by-guid'),
    post('by-id', { guid: undefined, id: 'tag:old.example,2019:by-id' }),
    post('by-title', { guid: undefined }),
    post('by-title-alone', undated),
  ];
  await machine()(entries);

  const there = await machine()(entries);
  const others = await machine()([
    post('by-guid', { guid: 'urn:other' }),
    post('by-id', { guid: undefined, id: 'tag:other.example,2019:by-id' }),
    post('by-title', { guid: undefined, publishedAt: '2019-05-06T07:08:10Z' }),
  ]);

  expect(there).toMatchObject({ code: 0, articles: '4 articles: 4 there already', rest: [] });
  expect(others).toMatchObject({ code: 1, articles: '3 articles: 3 refused' });
  expect(others.redirects).toBe('0 old addresses redirected');
  expect(others.rest.slice(0, 2)).toEqual([
    'Refused',
    '  post by-guid: its address /news/by-guid is taken by another article',
  ]);
});

test('makes addresses of slugs, else of titles, numbered in the order of the export', async () => {
  const named = (place: string, slug: string | undefined, title: string) =>
    post(place, { title }, { slug, addresses: [] });
  const move = machine();
  await move([
    named('a', 'Über%20uns', 'A'),
    named('b', undefined, 'Die Fähre'),
    named('c', 'die-faehre', 'C'),
  ]);
  const longest = 'x'.repeat(99);

  const { code } = await move([
    ...[
      named('d', undefined, 'Die Fähre!'),
      named('b', undefined, 'Die Fähre'),
      named('e', '%e6%96%b0', '新'),
    ],
    ...[named('f', longest, 'F'), named('g', longest, 'G')],
    named('h', undefined, 'Die Fähre'),
  ]);

  const titles = [
    'uber-uns',
    'die-fahre',
    'die-faehre',
    'die-fahre-2',
    '20190506-3cc493',
    longest,
    `${'x'.repeat(90)}-2`,
    'die-fahre-3',
  ];
  expect(code).toBe(0);
  expect(await Promise.all(titles.map(async (slug) => (await stored(slug)).article?.guid))).toEqual(
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `urn:old:${name}`),
  );
});

test('stops at no faulty article, and refuses the second of one identity', async () => {
  const folder = temporaryFolder();
  const report = join(folder, 'report.json');

  const moved = await machine()(
    [
      post('faulty', { tags: 'none' }),
      post('double'),
      post('other', { guid: 'urn:old:double' }),
      post('sound'),
    ],
    { report },
  );

  expect(moved).toMatchObject({
    code: 1,
    articles: '4 articles: 2 new, 2 refused',
    redirects: '2 old addresses redirected',
  });
  expect(moved.rest.slice(1).sort()).toEqual([
    '  post faulty: tags: must be a list',
    '  post other: has the same guid or address as post double',
  ]);
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
    system: 'WordPress',
    home: 'https://old.example/',
    articles: { new: 2, refused: 2 },
    redirects: 2,
    refused: expect.arrayContaining([{ place: 'post faulty', reason: 'tags: must be a list' }]),
  });
});

test('fetches pictures of the old site once, repeats passing failures, and leaves what it cannot have', async () => {
  const failed = new Set<string>();
  const { asked, network, home } = await oldServer((path) => {
    if (path.includes('missing')) return [404];
    if (path.includes('page')) return [200, Buffer.from('<p>No picture')];
    const isFirst = !failed.has(path);
    failed.add(path);
    return path.includes('slow') && isFirst ? [503] : [200, Buffer.concat([png, Buffer.from(path)])];
  });
  const pauses: number[] = [];
  const move = machine();
  const options = { home, network, pause: async (milliseconds: number) => void pauses.push(milliseconds) };
  const entries: OldEntry[] = [
    post('shown', {
      html: `<a href="/2019/05/A%20b.png"><img src="/2019/05/A%20b-300x200.png" width="300"></a><img src="/06/a b.png">
<img src="/missing.png" srcset="/missing.png 2x"><img src="https://elsewhere.example/x.png"><img src="/page.png">`,
      image: { url: `${home}slow.png`, alt: 'Lead', width: 5 },
    }),
    {
      ...{ kind: 'picture', place: 'attachment 7', url: `${home}2019/05/A b.png` },
      addresses: [`${home}2019/05/A b-300x200.png`],
    },
    { kind: 'picture', place: 'attachment 8', url: '/alone.png', addresses: [] },
  ];

  const first = await move(entries, options);
  const all = asked.splice(0);
  const again = await move(entries, options);

  expect(all.sort()).toEqual([
    '/06/a%20b.png',
    '/2019/05/A%20b.png',
    '/alone.png',
    '/missing.png',
    '/page.png',
    '/slow.png',
    '/slow.png',
  ]);
  expect(pauses).toEqual([1000]);
  expect(asked.sort()).toEqual(['/missing.png', '/page.png']);
  expect(first).toMatchObject({ code: 0, pictures: '4 pictures', redirects: '5 old addresses redirected' });
  expect(first.rest).toEqual([
    'Changed on the way',
    '  1 × a picture could not be taken: is not a PNG, JPEG, GIF, WebP or AVIF picture: post shown: /page.png',
    `  1 × a picture could not be taken: ${new URL(home).host} answers 404: post shown: /missing.png`,
  ]);
  expect(again).toEqual({ ...first, articles: '1 article: 1 unchanged' });
  const { html, image } = (await stored('shown')).article;
  expect(image).toEqual({ url: expect.stringMatching(/^\/media\/slow-[0-9a-f]{8}\.png$/), alt: 'Lead' });
  const [linked, full, other] = html.match(/(?<=")\/media\/a-b-[0-9a-f]{8}\.png(?=")/g);
  expect(linked).toBe(full);
  expect(other).not.toBe(full);
  expect(html).toContain(`<img src="${home}missing.png"><img src="https://elsewhere.example/x.png">`);
  const old = await site.fetch('/2019/05/A%20b-300x200.png');
  expect([old.status, old.headers.get('location')]).toEqual([308, expect.stringContaining('/media/a-b-')]);
});

test('asks an old site that does not answer for five pictures only', async () => {
  const { network, home } = await oldServer(() => [200, png]);
  let tries = 0;
  const dead = { ...network, allows: () => ++tries < 0 };
  const html = Array.from({ length: 40 }, (_, index) => `<img src="/${index}.png">`).join('');

  const { code, rest } = await machine()([post('dark', { html })], {
    home,
    network: dead,
    pause: async () => {},
  });

  expect(code).toBe(0);
  expect(tries).toBe(15);
  expect(rest[1]).toContain(
    '35 × a picture could not be taken: it was not asked for, as the old site does not answer',
  );
});

test('takes pictures from a folder, by the end of their addresses, and from where the export lies', async () => {
  const folder = contentFolder({ '2019/05/tail.png': png, 'own/beside.png': png });
  const beside = pathToFileURL(join(folder, 'own/beside.png')).href;

  const { rest, pictures } = await machine()(
    [
      post('tails', {
        html: `<img src="/wp-content/uploads/2019/05/tail.png"><img src="/wp-content/2019/06/tail.png"><img src="${beside}">`,
        image: { url: pathToFileURL(join(folder, 'gone.png')).href },
      }),
    ],
    { pictures: folder, path: folder, folder: realpathSync.native(folder) },
  );

  expect(pictures).toBe('2 pictures');
  expect(rest.slice(1)).toEqual([
    `  1 × a picture could not be taken: is not in ${folder}: post tails: /wp-content/2019/06/tail.png`,
    expect.stringMatching(
      / {2}1 × a picture could not be taken: is not there, or lies outside the folder: post tails: file:.*gone\.png/,
    ),
  ]);
  const { html, image } = (await stored('tails')).article;
  expect(html.match(/src="[^"]*"/g)).toEqual([
    expect.stringMatching(/\/media\/tail-[0-9a-f]{8}\.png/),
    'src="https://old.example/wp-content/2019/06/tail.png"',
    expect.stringMatching(/\/media\/beside-[0-9a-f]{8}\.png/),
  ]);
  expect(image).toBeUndefined();
});

test('reads no file of this machine that an export names, but pictures of its own folder', async () => {
  const secret = join(contentFolder({ 'secret.png': png }), 'secret.png');
  const project = realpathSync.native(contentFolder({ 'own.png': png }));
  symlinkSync(secret, join(project, 'link.png'));
  const url = pathToFileURL(secret).href;
  const html = [
    ...[url, pathToFileURL(join(project, 'link.png')).href, `${pathToFileURL(project).href}/../..${secret}`],
    ...['file://host/x.png', 'file:///a%2Fb.png', 'file:///a%00.png'],
  ].map((address) => `<img src="${address}">`);
  const entries: OldEntry[] = [
    post('spying', { html: html.join(''), image: { url } }),
    { kind: 'picture', place: 'media', url, addresses: ['/wp-content/secret.png'] },
  ];

  for (const folder of [undefined, project]) {
    const { code, pictures, rest } = await machine()(entries, { folder });

    expect([code, pictures]).toEqual([0, '0 pictures']);
    expect(rest.join('\n')).toContain(folder ? 'lies outside the folder' : 'a file of some machine');
    expect(JSON.stringify(await stored('spying'))).not.toContain('/media/');
  }
});

test('begins anew where the site was emptied', async () => {
  const [move, proxy, empty] = [machine(), await startRecordingProxy(), await startSite()];
  onTestFinished(async () => {
    await closeSound(empty);
    proxy.close();
  });
  const entries = [post('here'), post('there')];
  proxy.target = site.url;
  await move(entries, { to: proxy.url });
  proxy.target = empty.url;

  const anew = await move(entries, { to: proxy.url });
  const again = await move(entries, { to: proxy.url });

  expect(anew.err).toEqual(['The site no longer has what was imported before: beginning anew']);
  expect(anew.articles).toBe('2 articles: 2 new');
  expect(again).toMatchObject({ err: [], articles: '2 articles: 2 unchanged' });
});

test('ends clearly where the site goes down, and says how to go on', async () => {
  const [move, proxy] = [machine(), await startRecordingProxy()];
  proxy.target = site.url;
  const { network, home } = await oldServer(() => [200, png]);
  const resolve = async () => {
    proxy.close();
    return network.resolve();
  };
  const posts = Array.from({ length: 20 }, (_, index) => post(`down-${index}`));
  const last = post('down-last', { html: '<img src="/last.png">' });

  const message = await move([...posts, last], {
    to: proxy.url,
    home,
    network: { ...network, resolve },
  }).catch((error) => error.message);

  expect(message).toMatch(
    /^Nothing answers at .*: is the site running\?.*\nIt ended after \d+ articles\. Run the same command again: it goes on from there$/,
  );
});

test('says what it takes where it is given something else', async () => {
  const folder = contentFolder({ 'notes.csv': 'Nothing' });
  const run = (...args: string[]) => newswire('import', ...args, '--to', site.url);

  expect(await run(join(folder, 'gone.xml'))).toEqual({
    code: 1,
    out: [],
    err: [`${folder}/gone.xml is not there`],
  });
  expect((await run(join(folder, 'notes.csv'))).err[0]).toBe(
    `${folder}/notes.csv is nothing that can be imported. What can:`,
  );
  expect(await run(folder, '--zone', 'Mars')).toMatchObject({ code: 2 });
  expect(await run()).toMatchObject({ code: 2 });
});
