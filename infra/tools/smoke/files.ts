import { createHash } from 'node:crypto';
import type { Answer } from '../api/http.ts';
import type { Desk } from './desk.ts';
import { expectIn, expectSame, expectThat, LeftOut, type Report } from './report.ts';

/** Where the front page and a feed name their stylesheet. At the edge a feed may still name that of the last deployment. */
const stylesheets = {
  '/': /<link rel="stylesheet" href="([^"]+)"/,
  '/rss.xml': /<\?xml-stylesheet type="text\/css" href="([^"]+)"/,
};

/** What pages and feeds show that is neither: stylesheets, images, the icon. */
export async function checkFiles(report: Report, desk: Desk): Promise<void> {
  const { siteUrl } = desk.settings;
  for (const [path, link] of Object.entries(stylesheets))
    await report.check(`the stylesheet of ${path} is there, for ever, named by its content`, async () => {
      const [, url = ''] = link.exec((await desk.readFresh(path)).text) ?? [];
      expectIn('link', url, /\.[0-9a-f]+\.css$/);
      const answer = await desk.read(url.replace(siteUrl, ''));
      expectForEver(answer, /^text\/css;/);
      const hash = createHash('sha256').update(answer.body).digest('hex');
      expectThat(hash.startsWith(`${url.split('.').at(-2)}`), 'the hash of its content in its name', url);
    });

  await report.check('an image of an article is there, for ever', async () => {
    const { text } = await desk.readFresh('/feed.json');
    const [url] = text.split(/[\s"\\]+/).filter((part) => part.startsWith(`${siteUrl}/media/`));
    if (!url) throw new LeftOut('none of the newest articles shows an image of the site');
    const answer = await desk.read(url.slice(siteUrl.length));
    expectForEver(answer, /^image\//);
    expectThat(isImage(answer.body), 'the bytes of an image', answer.body.subarray(0, 12).toString('hex'));
  });

  await report.check('/favicon.ico is an icon', async () => {
    const { status, header, body } = await desk.read('/favicon.ico');
    expectSame('status', status, 200);
    expectIn('content-type', header('content-type'), /^image\//);
    expectSame('first bytes', body.toString('hex', 0, 4), '00000100');
  });
}

function expectForEver({ status, header }: Answer, type: RegExp): void {
  expectSame('status', status, 200);
  expectIn('content-type', header('content-type'), type);
  expectIn('cache-control', header('cache-control'), 'immutable');
}

/** By the first bytes: text that was taken for binary, or the reverse, has others. */
function isImage(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 12);
  return /^(\x89PNG\r\n|\xff\xd8\xff|GIF8|RIFF.{4}WEBP|.{4}ftyp)/s.test(start);
}
