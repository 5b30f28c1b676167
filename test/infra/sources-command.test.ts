import { expect, onTestFinished, test } from 'vitest';
import { parseSite } from '../../functions/article/site.ts';
import { isFollowed } from '../../functions/pull/article-of-item.ts';
import { previewSource, sources } from '../../infra/tools/sources.ts';
import { thisMachine } from '../support/hub.ts';
import { recordingTerminal } from '../support/terminal.ts';
import { always, startUpstream, type Upstream } from '../support/upstream.ts';
import { contentFolder, siteYaml } from './content-folder.ts';

async function upstreamWith(...items: Upstream['items']): Promise<Upstream> {
  const upstream = await startUpstream(items);
  onTestFinished(() => upstream.close());
  return upstream;
}

function yamlWith(feed: string): string {
  return `${siteYaml}\nsources: [{ name: Desk, feed: "${feed}", follow: { publish: drafts, most: 1, exclude: [sport] } }]`;
}

function preview(feed: string) {
  const [source] = parseSite(yamlWith(feed)).sources.filter(isFollowed);
  if (!source) throw new Error('There is no source');
  return previewSource(source, { from: 'https://news.example.com', network: thisMachine });
}

test('shows what would come, and stores nothing', async () => {
  const story = { content_html: '<p>Text.</p>', date_published: '2026-05-01T08:00:00Z' };
  const upstream = await upstreamWith(
    { ...story, id: '1', title: 'Old' },
    { ...story, id: '2', title: 'New', date_published: '2026-05-02T08:00:00Z' },
    { ...story, id: '3', title: 'Sport today', date_published: '2026-05-03T08:00:00Z' },
  );

  expect(await preview(upstream.url)).toEqual([
    '2026-05-02 08:00  New',
    '1 of 3 items would come, as drafts',
  ]);
});

test('says what is wrong with a feed', async () => {
  const upstream = await upstreamWith();
  upstream.behave = always(404);

  await expect(preview(upstream.url)).rejects.toThrow(`${upstream.url} answers 404`);
  await expect(preview('http://10.0.0.1/feed')).rejects.toThrow(/^http:\/\/10\.0\.0\.1\/feed: 10\.0\.0\.1/);
});

test('names the sources that there are', async () => {
  const CONTENT_DIR = contentFolder({ 'site.yaml': yamlWith('https://desk.example/feed') });
  const { terminal } = recordingTerminal({ CONTENT_DIR });

  await expect(sources.run(['--preview', 'Dsek'], terminal)).rejects.toThrow(
    'site.yaml follows no source Dsek; it follows Desk',
  );
});

test('says how the sources of a site are, with exit code 1 if one is wrong', async () => {
  const site = await upstreamWith();
  const times = { lastTry: '2026-06-01T12:00:00.000Z', followedSince: '2026-05-01T12:00:00.000Z' };
  const fine = {
    ...{ name: 'Fine', feed: 'https://a.example/', address: 'https://a.example/', movedTo: null, ...times },
    ...{ lastSuccess: times.lastTry, nextTry: '2026-06-01T12:30:00.000Z', failures: 0, wrong: null },
    ...{ leftOut: [], takenToday: 2, waiting: 0, push: null },
  };
  const gone = {
    ...fine,
    name: 'Gone\u001b[2J',
    nextTry: null,
    failures: 2,
    wrong: 'It is gone.',
    leftOut: ['An item'],
  };
  const hub = 'https://hub.example/';
  const pushes = [
    { hub, until: null, toldAt: null, wrong: null },
    { hub, until: '2026-06-11T12:00:00.000Z', toldAt: null, wrong: null },
    { hub, until: null, toldAt: null, wrong: 'hub.example answers 500' },
  ];
  const told = pushes.map((push, index) => ({ ...fine, name: `Told ${index}`, push }));
  site.behave = (answer) =>
    answer
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ items: [fine, gone, ...told] }));
  const { terminal, out } = recordingTerminal({ PUBLISH_URL: site.home });

  expect(await sources.run([], terminal)).toBe(1);

  expect(out).toEqual([
    'Fine',
    '  asked 2026-06-01 12:00, last read 2026-06-01 12:00, next 2026-06-01 12:30',
    '  new that day 2',
    'Gone\uFFFD[2J',
    '  asked 2026-06-01 12:00, last read 2026-06-01 12:00, next never',
    '  new that day 2',
    '  wrong: It is gone. (2 times in a row)',
    '  left out: An item',
    ...[
      '  is only polled until https://hub.example/ has said that it tells of changes',
      '  https://hub.example/ tells of changes until 2026-06-11 12:00, last never',
      '  is only polled, for https://hub.example/ does not tell of changes: hub.example answers 500',
    ].flatMap((line, index) => [`Told ${index}`, ...out.slice(1, 3), line]),
  ]);
});
