import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '../smoke/desk.ts';
import { expectSame, expectThat, type Report } from '../smoke/report.ts';
import type { Outputs } from './cdk.ts';

const newTitle = 'Changed by the rehearsal';
const sent = { title: 'Sent before the second deployment', text: 'It must outlive it.' };
const sentSlug = 'rehearsal-sent';

interface Before {
  outputs: Outputs;
  contentDir: string;
  deploy: () => Promise<Outputs>;
}

/** Deploys once more, with one article changed and one removed, and checks that this happened and nothing else. */
export async function checkSecondDeployment(report: Report, desk: Desk, before: Before): Promise<boolean> {
  const { outputs, contentDir, deploy } = before;
  const article = (slug: string) => desk.json(`/news/${slug}`);
  const { items } = await desk.json('/news');
  const [changed, removed, kept] = items.map(({ slug }: { slug: string }) => slug) as string[];
  if (!changed || !removed || !kept) throw new Error('The content has fewer than three articles');
  for (let count = 0; count < 3; count += 1) await desk.read(`/news/${changed}`);
  await desk.read(`/news/${kept}`);
  await desk.write(sentSlug, 'PUT', { body: sent });
  const [wasChanged, wasKept] = [await article(changed), await article(kept)];
  expectThat(wasChanged.views >= 3, 'three views at least', wasChanged.views);

  retitle(join(contentDir, 'articles', `${changed}.md`));
  rmSync(join(contentDir, 'articles', `${removed}.md`));
  let after: Outputs = {};
  const isDeployed = await report.check('cdk deploy, with one article changed and one removed', async () => {
    after = await deploy();
  });
  if (!isDeployed) return false;

  await report.check('the changed article has changed, under its id and with its views', async () => {
    const { id, title, views } = await article(changed);
    expectSame('id, title, views', [id, title, views], [wasChanged.id, newTitle, wasChanged.views]);
  });
  await report.check('the removed article is gone', async () =>
    expectSame('status', (await desk.read(`/news/${removed}`)).status, 410),
  );
  await report.check('another article is as it was, and so is its count', async () => {
    // Its neighbours have changed, as they should.
    const { previous, next, ...is } = await article(kept);
    const { previous: _, next: __, ...was } = wasKept;
    expectSame('article', is, was);
    expectThat(previous !== undefined && next !== undefined, 'neighbours');
  });
  await report.check('an article that was sent is still there', async () =>
    expectSame('title', (await article(sentSlug)).title, sent.title),
  );
  await report.check('tables and addresses are the same', () => expectSame('outputs', after, outputs));
  return true;
}

function retitle(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^title: .*$/m, `title: ${newTitle}`));
}
