import { XMLValidator } from 'fast-xml-parser';
import type { Answer } from '../api/http.ts';
import type { Desk } from './desk.ts';
import { expectIn, expectSame, expectThat, LeftOut, type Report } from './report.ts';

export const feedPaths = ['/rss.xml', '/atom.xml', '/feed.json'] as const;

export const feedTypes = {
  '/rss.xml': 'application/rss+xml',
  '/atom.xml': 'application/atom+xml',
  '/feed.json': 'application/feed+json',
};

/** Bytes below which compressing gains nothing. */
const leastCompressed = 1024;

/** All news as a feed, and what a reader that polls it gets. */
export async function checkFeeds(report: Report, desk: Desk): Promise<void> {
  for (const path of feedPaths) {
    await report.check(`${path} is a feed`, async () => {
      const answer = await desk.read(path);
      expectSame('status', answer.status, 200);
      expectIn('content-type', answer.header('content-type'), feedTypes[path]);
      expectIn('cache-control', answer.header('cache-control'), /public, max-age=\d+/);
      expectIn('feed', answer.text, `${desk.settings.siteUrl}${path}`);
      expectWellFormed(path, answer.text);
    });

    await report.check(`${path} answers 304 to a poll of what did not change`, () =>
      checkPoll(desk, path, 'identity'),
    );

    await report.check(`${path} is compressed, with 304 as well`, async () => {
      const [plain, packed] = [await desk.read(path), await checkPoll(desk, path, 'gzip')];
      if (plain.body.length < leastCompressed) throw new LeftOut('a feed as short as this is sent as it is');
      expectSame('content-encoding', packed.header('content-encoding'), 'gzip');
      expectIn('vary', packed.header('vary'), /accept-encoding/i);
      expectThat(packed.text === plain.text, 'the same text, compressed or not');
    });
  }
}

/** Polls with each validator that the feed came with; answers the feed. */
async function checkPoll(desk: Desk, path: string, encoding: string): Promise<Answer> {
  const accept = { 'accept-encoding': encoding };
  const feed = await desk.read(path, { headers: accept });
  const etag = feed.header('etag');
  const modified = feed.header('last-modified');
  expectThat(etag !== undefined, 'an ETag');
  for (const [name, value] of [
    ['if-none-match', etag],
    ['if-modified-since', modified],
  ] as const) {
    // A feed tells no time while a second change may fall into the same second.
    if (value === undefined) continue;
    const poll = await desk.read(path, { headers: { ...accept, [name]: value } });
    expectSame(`status with ${name}: ${value}`, poll.status, 304);
    expectSame('length', poll.body.length, 0);
  }
  return feed;
}

export function expectWellFormed(path: string, text: string): void {
  if (path.endsWith('.json')) {
    expectIn('version', JSON.parse(text).version, /^https:\/\/jsonfeed\.org\/version\//);
    return;
  }
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) expectThat(false, 'well-formed XML', verdict.err);
}
