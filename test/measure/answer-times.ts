import { request } from 'node:http';
import type { Stage } from '../../infra/local/stage.ts';

const rounds = 60;

export interface AnswerTime {
  what: string;
  /** Milliseconds of each round. */
  times: number[];
  /** Bytes of the body, compressed as browsers and most readers ask for it. */
  size: number;
}

/** How long the local stage takes to answer each kind of request, and how much it sends. The kinds take turns, so that a slow moment hits all. */
export async function answerTimes(stage: Stage): Promise<AnswerTime[]> {
  await stage.runTriggers();
  await stage.drained();
  const { items } = JSON.parse(
    (await ask(`${stage.url}/news`, { accept: 'application/json' })).body.toString(),
  ) as { items: { slug: string }[] };
  const story = `/news/${items[0]?.slug}`;
  const { etag } = await ask(`${stage.url}/rss.xml`);
  const kinds: { what: string; path: string; headers?: Record<string, string> }[] = [
    { what: 'a feed that did not change', path: '/rss.xml', headers: { 'if-none-match': etag } },
    { what: 'the whole feed', path: '/rss.xml' },
    { what: 'the front page', path: '/' },
    { what: 'a list', path: '/news' },
    { what: 'an article, counted', path: story },
    { what: 'an article as JSON', path: `${story}.json` },
  ];
  const measured = kinds.map((kind): AnswerTime & typeof kind => ({ ...kind, times: [], size: 0 }));
  for (let round = 0; round < rounds; round += 1)
    for (const kind of measured) {
      const start = performance.now();
      const { body } = await ask(stage.url + kind.path, { 'accept-encoding': 'br', ...kind.headers });
      kind.times.push(performance.now() - start);
      kind.size = body.length;
    }
  return measured;
}

/** Not with fetch, which decompresses the body. */
async function ask(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ etag: string; body: Buffer }> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => resolve({ etag: answer.headers.etag ?? '', body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });
}
