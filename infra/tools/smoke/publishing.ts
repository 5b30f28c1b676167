import { checkArchive } from './archive.ts';
import { checkCounting } from './counting.ts';
import { type Desk, patience } from './desk.ts';
import { feedPaths } from './feeds.ts';
import { checkPlaces } from './places.ts';
import { expectIn, expectSame, expectThat, Mismatch, type Report } from './report.ts';

/** The life of one article of our own, from its publication to the traces that must be left of it: none but 410. */
export async function checkPublishing(report: Report, desk: Desk, slug: string): Promise<void> {
  // Characters that HTML, XML and JSON each write in a way of their own.
  const article = {
    title: `Smoke test ${slug}: 1 < 2 & "新闻"`,
    text: 'Published by a test; gone in a moment.',
  };

  await report.check('a write that nobody signed is refused', async () => {
    const answer = await desk.writeUnsigned(slug, 'PUT', article);
    expectSame('status', answer.status, 403);
    expectIn('body', answer.text, '"message"');
  });
  for (const path of ['/articles', '/stats', '/repair'])
    await report.check(`${path} that nobody signed for is refused`, async () =>
      expectStatus(await desk.readFresh(path), 403),
    );
  let id = '';
  const isPublished = await report.check('a signed PUT publishes', async () => {
    const answer = await desk.write(slug, 'PUT', { body: article });
    expectStatus(answer, 201);
    id = JSON.parse(answer.text).id;
    expectIn('id', id, /^tag:/);
  });
  try {
    if (isPublished) await checkPublished(report, desk, { slug, id, ...article });
  } finally {
    // Also after a PUT whose answer was lost.
    await cleanUp(report, desk, slug);
  }
}

interface Published {
  slug: string;
  id: string;
  title: string;
  text: string;
}

async function checkPublished(report: Report, desk: Desk, article: Published): Promise<void> {
  const { slug, id, title, text } = article;
  await report.check('it is on its page', () => expectShown(desk, slug, { id, title }), { patience });
  await report.check('it is the neighbour of its neighbour', () => checkNeighbour(desk, slug), { patience });
  const month = await checkArchive(report, desk, slug);
  await checkPlaces(report, desk, { slug, id, month }, true);
  await checkCounting(report, desk, slug);

  await report.check('the same again changes nothing', async () => {
    const answer = await desk.write(slug, 'PUT', { body: { title, text } });
    expectStatus(answer, 200);
    expectSame('outcome', JSON.parse(answer.text).outcome, 'unchanged');
  });
  await report.check('faulty fields are all named', async () => {
    const answer = await desk.write(slug, 'PUT', { body: { title: '', text, publishedAt: 'today' } });
    expectStatus(answer, 422);
    const pointers = JSON.parse(answer.text).errors.map(({ pointer }: { pointer: string }) => pointer);
    expectSame('pointers', pointers.toSorted(), ['/publishedAt', '/title']);
  });
  await checkEdit(report, desk, article);
  await report.check('a signed DELETE unpublishes', async () =>
    expectStatus(await desk.write(slug, 'DELETE'), 204),
  );
  await report.check(
    'its page is gone',
    async () => expectSame('status', (await desk.read(`/news/${slug}`)).status, 410),
    { patience },
  );
  await checkPlaces(report, desk, { slug, id, month }, false);
}

async function checkNeighbour(desk: Desk, slug: string): Promise<void> {
  const { previous } = await desk.json(`/news/${slug}`);
  // The only article of a site has none.
  if (!previous) return expectSame('articles in /news', (await desk.json('/news')).items.length, 1);
  const { next } = await desk.json(`/news/${previous.slug}`);
  expectSame(`the next of ${previous.slug}`, next?.slug, slug);
}

async function checkEdit(report: Report, desk: Desk, { slug, id, text }: Published): Promise<void> {
  const title = `Smoke test ${slug}, edited`;
  const etags = async () =>
    Promise.all(feedPaths.map(async (path) => (await desk.readFresh(path)).header('etag')));
  let before: (string | undefined)[] = [];
  let former = '';
  await report.check('an edit of what is stored is taken', async () => {
    before = await etags();
    former = (await desk.write(slug, 'GET')).header('etag') ?? '';
    const answer = await desk.write(slug, 'PUT', { body: { title, text }, headers: { 'if-match': former } });
    expectStatus(answer, 200);
    expectSame('id', JSON.parse(answer.text).id, id);
  });
  await report.check('an edit of what has changed since is refused', async () => {
    const headers = { 'if-match': former };
    expectStatus(await desk.write(slug, 'PUT', { body: { title: 'Too late', text }, headers }), 412);
  });
  await report.check('the edit is shown, under the same id', () => expectShown(desk, slug, { id, title }), {
    patience,
  });
  await report.check(
    'the feeds have new validators',
    async () => {
      const after = await etags();
      for (const [index, path] of feedPaths.entries())
        expectThat(after[index] !== before[index], `another ETag of ${path}`, after[index]);
    },
    { patience },
  );
}

/** Nothing to do after a removal; what is still there goes now. */
async function cleanUp(report: Report, desk: Desk, slug: string): Promise<void> {
  await report.check(
    'nothing of it stays published',
    async () => {
      const answer = await desk.write(slug, 'DELETE');
      if (![204, 404].includes(answer.status))
        throw new Mismatch(`DELETE /articles/${slug} answers ${answer.status}: repeat it yourself`);
    },
    { patience, always: true },
  );
}

async function expectShown(desk: Desk, slug: string, { id, title }: { id: string; title: string }) {
  const found = await desk.json(`/news/${slug}`);
  expectSame('id and title', [found.id, found.title], [id, title]);
  const page = await desk.page(`/news/${slug}`);
  const written = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  expectIn('page', page.text, `>${written}</h1>`);
}

function expectStatus({ status, text }: { status: number; text: string }, expected: number): void {
  expectThat(status === expected, `status ${expected}`, `${status} ${text}`);
}
